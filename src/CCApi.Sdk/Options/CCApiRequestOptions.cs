using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace CCApi.Sdk;

/// <summary>
/// What differs for one call; null means the client's setting. It may be used for many calls, but must not be changed while one
/// runs.
/// </summary>
public sealed class CCApiRequestOptions
{
    // Copies share it: a key counts for one request however many copies carry it.
    private readonly UsedIdempotencyKeys _usedKeys = new();

    /// <summary>Another API key for this call. It is never serialized.</summary>
    [JsonIgnore]
    public string? ApiKey { get; set; }

    /// <summary>How often this call is retried.</summary>
    /// <value>0 or more.</value>
    public int? MaxRetries { get; set; }

    /// <summary>
    /// Whether this call is also retried when it may have been charged; see
    /// <see cref="CCApiRetryOptions.RetryPossiblyCharged"/>.
    /// </summary>
    public bool? RetryPossiblyCharged { get; set; }

    /// <summary>
    /// The <c>Idempotency-Key</c> of this call; without one, each gets a random one. Reading calls (GET, HEAD) carry none.
    /// </summary>
    /// <remarks>
    /// One key is for one request: the same request may be sent again with these options, and another one is an
    /// <see cref="ArgumentException"/>, because the gateway would return the first response for it. The bodies that one call
    /// sends to other models, and the further calls of a conversation, get the key with a number of their own.
    /// </remarks>
    public string? IdempotencyKey { get; set; }

    /// <summary>The budget of the whole call; see <see cref="CCApiTimeoutOptions.Total"/>.</summary>
    public TimeSpan? Total { get; set; }

    /// <summary>The budget of each attempt; see <see cref="CCApiTimeoutOptions.Attempt"/>.</summary>
    public TimeSpan? Attempt { get; set; }

    /// <summary>The budget of a stream's first chunk; see <see cref="CCApiTimeoutOptions.FirstChunk"/>.</summary>
    public TimeSpan? FirstChunk { get; set; }

    /// <summary>The budget between two chunks of a stream that carry something; see <see cref="CCApiTimeoutOptions.NextChunk"/>.</summary>
    public TimeSpan? NextChunk { get; set; }

    /// <summary>The longest silence of a body; see <see cref="CCApiTimeoutOptions.Idle"/>.</summary>
    public TimeSpan? Idle { get; set; }

    /// <summary>
    /// Whether the reasoning that a model writes into its response, between <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c> at its
    /// start (observed), is moved to the reasoning, so that the text is the response alone.
    /// </summary>
    /// <value>The default is false: the response stays as received. Other calls than chat ignore it.</value>
    public bool SeparateThinking { get; set; }

    /// <summary>
    /// Whether the caller emits the span and the metrics of the call, as the adapters of Microsoft.Extensions.AI do: then the
    /// current span is enriched, and only the <c>ccapi.*</c> metrics are recorded.
    /// </summary>
    internal bool IsInstrumentedByCaller { get; set; }

    /// <summary>
    /// The models to call when that of the request fails, in the order in which they are tried; see
    /// <see cref="CCApiFailoverOptions"/>.
    /// </summary>
    /// <value>
    /// The default is null: those of <see cref="CCApiClientOptions.Failover"/>. An empty list is none. Requests that name several
    /// models themselves ignore it.
    /// </value>
    public IReadOnlyList<string>? FailoverModels { get; set; }

    /// <summary>
    /// Whether a cache in front of the client, such as that of <c>CCApi.Sdk.Caching</c>, may return the response of an earlier
    /// equal request; a client without a cache ignores it.
    /// </summary>
    /// <value>The default is null: as the cache is set.</value>
    public bool? UseCache { get; set; }

    /// <summary>A limit of what the calls with these options may cost together, beside that of the client.</summary>
    /// <value>The default is null: none.</value>
    [JsonIgnore]
    public CCApiBudget? Budget { get; set; }

    /// <summary>The budget of the run that the call is part of; null for none.</summary>
    internal CCApiBudget? RunBudget { get; set; }

    /// <summary>
    /// Headers to add to this call, or to replace the client's: any but <c>Authorization</c>, <c>Host</c> and the content
    /// headers.
    /// </summary>
    [JsonIgnore]
    public IDictionary<string, string> Headers { get; private set; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the options are used for several calls, such as the turns of a conversation: then each other request gets the
    /// idempotency key with a number, and none is rejected.
    /// </summary>
    internal bool NumbersIdempotencyKeys { get; set; }

    /// <summary>Returns the idempotency key for a request; null when it was used for another one.</summary>
    /// <param name="fingerprint">Distinguishes the request from others.</param>
    internal string? ClaimIdempotencyKey(string fingerprint) =>
        _usedKeys.Claim(IdempotencyKey!, fingerprint, NumbersIdempotencyKeys);

    /// <summary>
    /// The options of one of several calls: with the same key on different calls, the gateway would return the first
    /// response for each.
    /// </summary>
    /// <param name="number">Which call; the first is 0.</param>
    internal CCApiRequestOptions ForCall(int number)
    {
        if (IdempotencyKey is null || number == 0)
        {
            return this;
        }

        var copy = Clone();
        copy.IdempotencyKey = FormattableString.Invariant($"{IdempotencyKey}-{number + 1}");
        copy.NumbersIdempotencyKeys = true;

        return copy;
    }

    /// <summary>The options of a turn of a run.</summary>
    /// <param name="options">The caller's; null for none.</param>
    /// <param name="turn">Which turn; the first is 0.</param>
    /// <param name="budget">The budget of the run; null for none.</param>
    internal static CCApiRequestOptions? ForTurn(CCApiRequestOptions? options, int turn, CCApiBudget? budget)
    {
        var own = options?.ForCall(turn);
        if (budget is null)
        {
            return own;
        }

        var copy = own?.Clone() ?? new CCApiRequestOptions();
        copy.RunBudget = budget;

        return copy;
    }

    /// <summary>A deep copy, for what outlives the call that the options were given to.</summary>
    internal CCApiRequestOptions Clone()
    {
        var copy = (CCApiRequestOptions)MemberwiseClone();
        copy.Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        copy.FailoverModels = FailoverModels is null ? null : [.. FailoverModels];

        return copy;
    }
}
