using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Configuration;

namespace CCApi.Sdk;

/// <summary>One client that was registered, under a name or, with an empty one, as the default.</summary>
internal sealed class Registration(string name)
{
    public string Name { get; } = name;

    /// <summary>The sections that the application passed; without any, the section <c>CCApi</c> of its configuration counts.</summary>
    public List<IConfiguration> Sections { get; } = [];

    /// <summary>Where this client takes its key from, as the rest of "No API key".</summary>
    public string KeyPlaces
    {
        get
        {
            if (Name.Length > 0)
            {
                return $" for the client \"{Name}\": set options.ApiKey or ApiKeyProvider in "
                    + $"AddKeyedCcApi(\"{Name}\", options => ...). No variable of the environment and no section of the "
                    + "configuration is read for it, so that no key goes to an address that it does not belong to";
            }

            var section = Sections.Select(PathOf).LastOrDefault() ?? CCApiDefaults.Name + ":";

            return $" for the client of AddCcApi: set {section}ApiKey in the configuration, the environment variable "
                + $"{CCApiDefaults.ApiKeyVariable}, or options.ApiKey or ApiKeyProvider in AddCcApi(options => ...)";
        }
    }

    private static string PathOf(IConfiguration section)
    {
        if (section is IConfigurationSection { Path: var path })
        {
            return path + ":";
        }

        return "";
    }
}
