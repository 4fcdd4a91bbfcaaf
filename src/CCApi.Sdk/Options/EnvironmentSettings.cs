using System;

namespace CCApi.Sdk;

/// <summary>Reads the settings that the environment gives.</summary>
internal static class EnvironmentSettings
{
    public static void Apply(CCApiClientOptions options)
    {
        if (Environment.GetEnvironmentVariable(CCApiDefaults.ApiKeyVariable) is { Length: > 0 } key)
        {
            options.ApiKey = key.Trim();
        }

        if (Environment.GetEnvironmentVariable(CCApiDefaults.BaseUrlVariable) is { Length: > 0 } address)
        {
            options.BaseAddress = ParseAddress(address, CCApiDefaults.BaseUrlVariable);
        }
    }

    public static Uri ParseAddress(string text, string source)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address))
        {
            throw new ArgumentException(AddressProblem(source));
        }

        return address;
    }

    /// <summary>The problem of a text that is not an address.</summary>
    public static string AddressProblem(string source) =>
        $"{source} is not an absolute address; it should look like {CCApiDefaults.BaseAddress}.";
}
