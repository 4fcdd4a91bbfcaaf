using System.Linq;
using Microsoft.Extensions.Options;

namespace CCApi.Sdk;

/// <summary>Checks the options of one registration when a host starts.</summary>
internal sealed class OptionsValidator(string registration) : IValidateOptions<CCApiClientOptions>
{
    public ValidateOptionsResult Validate(string? name, CCApiClientOptions options)
    {
        if (name != registration)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = OptionsValidation.Problems(options).ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
