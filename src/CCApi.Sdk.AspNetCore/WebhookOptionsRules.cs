using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>What the options must be. Each problem is a sentence that says the fix, and none holds the secret.</summary>
internal static class WebhookOptionsRules
{
    private const int ShortestSecret = 16;

    public static IEnumerable<string> Problems(CCApiWebhookOptions options)
    {
        if (string.IsNullOrEmpty(options.Secret))
        {
            yield return "No webhook secret: set CCApi:Webhooks:Secret in the configuration or CCApiWebhookOptions.Secret, and add it to the webhook_url as ?secret=... "
                + "Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) makes one.";
        }
        else if (options.Secret.Length < ShortestSecret || !options.Secret.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._~".Contains(letter)))
        {
            yield return $"CCApiWebhookOptions.Secret must have at least {ShortestSecret} characters, only of A-Z a-z 0-9 - . _ ~, which a URL carries as they are; "
                + "Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) makes one.";
        }

        if (options.SecretHeader is { } header && (header.Length == 0 || !header.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter))))
        {
            yield return "CCApiWebhookOptions.SecretHeader must be the name of a header, such as X-Webhook-Secret; leave it null to take the secret from the URL's query.";
        }

        if (options.MaxBodyBytes <= 0)
        {
            yield return "CCApiWebhookOptions.MaxBodyBytes must be a number more than 0.";
        }
    }
}
