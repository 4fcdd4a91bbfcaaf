using System;
using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>How the emulator behaves. Copied when it starts.</summary>
public sealed class CCApiEmulatorOptions
{
    /// <summary>The port on loopback.</summary>
    /// <value>0 to 65535; 0, the default, takes a free one.</value>
    public int Port { get; set; }

    /// <summary>
    /// The port on loopback from which the files that responses link to are served, so that they are on another host, as in
    /// production.
    /// </summary>
    /// <value>0 to 65535; 0, the default, takes a free one, and null serves them on <see cref="Port"/>.</value>
    public int? MediaPort { get; set; } = 0;

    /// <summary>How long such a link can be used; after that the response is 403 with XML, as object stores do.</summary>
    /// <value>More than 0. The default is null: always.</value>
    public TimeSpan? MediaLifetime { get; set; }

    /// <summary>The key that is accepted.</summary>
    /// <value>Not empty, without white space. The default is <c>sk-ccapi-emulator</c>.</value>
    public string ApiKey { get; set; } = "sk-ccapi-emulator";

    /// <summary>The seed of everything that is made up. The same seed and requests give the same responses.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>How long a response takes, and how far the chunks of a stream, or the pieces of bare audio, are apart.</summary>
    /// <value>From 0 to about 24 days (2,147,483,647 ms). The default is 0.</value>
    public TimeSpan Latency { get; set; }

    /// <summary>
    /// Whether speech is returned as the audio itself, piece by piece and without a length, as OpenAI and gateways shaped after
    /// it do.
    /// </summary>
    /// <value>The default is false: JSON, as documented. The model <c>emulator/raw-speech</c> always does so.</value>
    public bool RawSpeech { get; set; }

    /// <summary>How long an asynchronous image job takes; it is pending for the first quarter.</summary>
    /// <value>From 0 to about 24 days (2,147,483,647 ms). The default is 1 s.</value>
    public TimeSpan JobDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a <c>webhook_url</c> on another machine is called.</summary>
    /// <value>The default is false: such a request is rejected with 400.</value>
    public bool AllowRemoteWebhooks { get; set; }

    /// <summary>The credits of the key. One credit is a US dollar here; the unit of the service is not documented.</summary>
    /// <value>The default is 10.</value>
    public decimal Credits { get; set; } = 10m;

    /// <summary>
    /// How many charges the ledger of a key keeps; then the oldest are dropped, which can no longer be refunded. The sums still
    /// count them.
    /// </summary>
    /// <value>More than 0. The default is 200,000.</value>
    public int MaxCharges { get; set; } = 200_000;

    /// <summary>How many requests are allowed in a minute before the response is 429.</summary>
    /// <value>More than 0. The default is null: any number.</value>
    public int? RequestsPerMinute { get; set; }

    /// <summary>How many requests may be under way at once before the response is 429; a stream counts until it ends.</summary>
    /// <value>More than 0. The default is null: any number.</value>
    public int? ConcurrentRequests { get; set; }

    /// <summary>How many tokens, or characters of speech, may be used in a minute before the response is 429.</summary>
    /// <value>More than 0. The default is null: any number.</value>
    public long? TokensPerMinute { get; set; }

    /// <summary>The largest body of a request; a larger one is rejected with 413.</summary>
    /// <value>More than 0. The default is 64 MiB.</value>
    public long MaxRequestBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// A cassette whose recorded responses are returned; requests that were not recorded get the response that the emulator makes
    /// up, or fail in strict mode.
    /// </summary>
    /// <value>The default is null: none.</value>
    public string? Cassette { get; set; }

    /// <summary>How much faster than recorded a cassette is replayed.</summary>
    /// <value>0 or more; 0 does not wait at all. The default is 1.</value>
    public double CassetteSpeed { get; set; } = 1;

    /// <summary>Records the responses of another server instead of making up its own.</summary>
    /// <value>The default is null.</value>
    public EmulatorRecording? Recording { get; set; }

    /// <summary>
    /// Further Host headers that are responded to, beside <c>localhost</c>, <c>127.0.0.1</c> and <c>[::1]</c>; <c>*</c> is any,
    /// which lets web pages reach it by DNS rebinding.
    /// </summary>
    /// <value>The default is empty. Other hosts are rejected with 421.</value>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>The origins of web pages that may use the emulator (CORS), such as <c>http://localhost:5173</c>; <c>*</c> is any.</summary>
    /// <value>The default is empty: none.</value>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>The clock of jobs, webhooks, links, rate limits, latency and time stamps.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Called for each request after its response, with one readable line; it may be called from several threads.</summary>
    /// <value>The default is null.</value>
    public Action<string>? Log { get; set; }

    internal CCApiEmulatorOptions Clone() => (CCApiEmulatorOptions)MemberwiseClone();
}
