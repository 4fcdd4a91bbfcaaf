using System;
using System.Collections.Generic;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CCApi.Sdk;

/// <summary>
/// Sets the options of the default client from the environment and then from its sections. It stands before everything else that
/// configures them, in whichever order the application makes its calls, so that what its code sets always wins.
/// </summary>
internal sealed class RegistrationSettings(
    Registration registration, IConfiguration? application) : IConfigureOptions<CCApiClientOptions>
{
    public void Configure(CCApiClientOptions options)
    {
        var problems = new List<string>();
        try
        {
            EnvironmentSettings.Apply(options);
        }
        catch (ArgumentException exception)
        {
            problems.Add(exception.Message);
        }

        if (registration.Sections.Count == 0 && application is not null)
        {
            problems.AddRange(ConfigurationSettings.Apply(options, application.GetSection(CCApiDefaults.Name)));
        }

        foreach (var section in registration.Sections)
        {
            problems.AddRange(ConfigurationSettings.Apply(options, section));
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(CCApiClientOptions), problems);
        }
    }
}
