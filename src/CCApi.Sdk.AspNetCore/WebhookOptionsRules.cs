using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>What the options must be. Each problem is a sentence that says the fix, and none contains a secret.</summary>
internal static class WebhookOptionsRules
{
    private const int ShortestSecret = 16;

    private const string NewSecret = "Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) creates one.";

    /// <summary>Every secret that is accepted.</summary>
    public static IEnumerable<string> Secrets(CCApiWebhookOptions options) =>
        string.IsNullOrEmpty(options.Secret) ? options.Secrets : options.Secrets.Prepend(options.Secret);

    public static IEnumerable<string> Problems(CCApiWebhookOptions options)
    {
        var secrets = Secrets(options).ToArray();
        if (secrets.Length == 0)
        {
            yield return "No webhook secret: set CCApi:Webhooks:Secret in the configuration or CCApiWebhookOptions.Secret, "
                + "and add it to the webhook_url as ?secret=... "
                + NewSecret;
        }
        else if (!secrets.All(IsSecret))
        {
            yield return $"CCApiWebhookOptions.Secret and each of Secrets must have at least {ShortestSecret} characters, "
                + $"only of A-Z a-z 0-9 - . _ ~, which a URL carries as they are; {NewSecret}";
        }

        if (options.SecretHeader is { } header && !IsHeaderName(header))
        {
            yield return "CCApiWebhookOptions.SecretHeader must be the name of a header, such as X-Webhook-Secret; "
                + "leave it null to take the secret from the URL's query.";
        }

        if (options.MaxBodyBytes <= 0)
        {
            yield return "CCApiWebhookOptions.MaxBodyBytes must be a number more than 0.";
        }

        if (options.MaxConcurrentVerifications <= 0)
        {
            yield return "CCApiWebhookOptions.MaxConcurrentVerifications must be a number more than 0.";
        }

        if (options.VerificationTimeout <= TimeSpan.Zero || options.VerificationTimeout.TotalMilliseconds > int.MaxValue)
        {
            yield return "CCApiWebhookOptions.VerificationTimeout must be a time of more than 0 and less than 24 days, such as 00:00:30.";
        }
    }

    private static bool IsSecret(string? secret) =>
        secret?.Length >= ShortestSecret && IsMadeOf(secret, "-._~");

    private static bool IsHeaderName(string name) => name.Length > 0 && IsMadeOf(name, "!#$%&'*+-.^_`|~");

    /// <summary>Whether a text has only ASCII alphanumerics and these characters.</summary>
    private static bool IsMadeOf(string text, string others) => text.All(
        character => char.IsAsciiLetterOrDigit(character) || others.Contains(character, StringComparison.Ordinal));
}
