namespace CCApi.Sdk;

/// <summary>What a webhook must be like to be taken. Settings come from the section <c>CCApi:Webhooks</c> of the configuration, then from code.</summary>
public sealed class CCApiWebhookOptions
{
    /// <summary>What the sender must know. The service signs nothing, so this is what tells it from everybody else.</summary>
    /// <value>Required: at least 16 of the characters <c>A-Z a-z 0-9 - . _ ~</c>, which a URL carries as they are.</value>
    public string? Secret { get; set; }

    /// <summary>The header that brings the secret, where something in front of the application puts it there.</summary>
    /// <value>The default is null: the parameter <c>secret</c> of the URL's query, because a <c>webhook_url</c> is all that the service is told.</value>
    public string? SecretHeader { get; set; }

    /// <summary>The longest body that is read. Only the job's id is taken from it, but it may hold the images as base64.</summary>
    /// <value>More than 0. The default is 1 MiB.</value>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;
}
