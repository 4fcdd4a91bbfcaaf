using System.Linq;
using Microsoft.Extensions.Options;

namespace CCApi.Sdk;

/// <summary>Checks the options of one registration when a host starts.</summary>
internal sealed class OptionsValidator(Registration registration) : IValidateOptions<CCApiClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CCApiClientOptions options)
    {
        if (name != registration.Name)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = OptionsValidation.Problems(options, registration.KeyPlaces).ToArray();
        if (problems.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        return ValidateOptionsResult.Fail(problems);
    }
}
