using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace CCApi.Sdk;

/// <summary>
/// What a webhook must be like to be accepted. Settings come from the section <c>CCApi:Webhooks</c> of the configuration, then
/// from <c>services.Configure&lt;CCApiWebhookOptions&gt;</c>, then from the delegate of <c>MapCcApiWebhooks</c>; the later wins.
/// When the configuration is reloaded they are read again, so that a secret can be replaced without a restart.
/// </summary>
public sealed class CCApiWebhookOptions
{
    /// <summary>
    /// What the sender must know. The service signs nothing, so this is what distinguishes it from everybody else. It is never
    /// serialized.
    /// </summary>
    /// <value>
    /// Required, unless <see cref="Secrets"/> has one: at least 16 of the characters <c>A-Z a-z 0-9 - . _ ~</c>, which a URL
    /// carries as they are.
    /// </value>
    [JsonIgnore]
    public string? Secret { get; set; }

    /// <summary>
    /// Further secrets that are accepted, such as the old one while jobs that were started with it still run. They are never
    /// serialized.
    /// </summary>
    /// <value>The default is none. Each must be as <see cref="Secret"/>.</value>
    [JsonIgnore]
    public IList<string> Secrets { get; } = [];

    /// <summary>The header that contains the secret, where something in front of the application puts it there.</summary>
    /// <value>
    /// The default is null: the parameter <c>secret</c> of the URL's query, because a <c>webhook_url</c> is all that the service
    /// receives.
    /// </value>
    public string? SecretHeader { get; set; }

    /// <summary>
    /// The key of the client that verifies the jobs, as it was given to <c>AddKeyedCcApi</c>. It is read once, at the start.
    /// </summary>
    /// <value>The default is null: the client of <c>AddCcApi</c>.</value>
    public string? ClientName { get; set; }

    /// <summary>
    /// The longest body that is read. Only the job's id is taken from it, but it may contain the images as base64. It also
    /// replaces the limit of the server for the endpoint.
    /// </summary>
    /// <value>More than 0. The default is 64 MiB.</value>
    public int MaxBodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many jobs are verified at the same time. A job is verified by one call at a time, however many webhooks announce it.
    /// It is read once, at the start.
    /// </summary>
    /// <value>More than 0. The default is 16.</value>
    public int MaxConcurrentVerifications { get; set; } = 16;

    /// <summary>
    /// How long the verification for one webhook may take before the response is 503 with <c>Retry-After</c>: its wait for an
    /// earlier webhook of the same job to be handled, its wait for other verifications to end, and its retries. The handler itself
    /// has no limit.
    /// </summary>
    /// <value>More than 0. The default is 30 s.</value>
    public TimeSpan VerificationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
