using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>What a call would send and may cost, as <c>CCApiClient.Explain</c> returns it. Nothing was sent for it.</summary>
public sealed class CallExplanation
{
    // Linux limits one argument of a program to 128 KiB; printf is part of the shell and has no such limit.
    private const int MaxArgumentBytes = 100_000;

    internal CallExplanation(string method, Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, string body)
    {
        Method = method;
        Address = address;
        Headers = headers;
        Body = body;
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The address.</summary>
    public Uri Address { get; }

    /// <summary>
    /// The headers, your own too, without <c>Authorization</c>. Keys of the client are masked wherever they occur; other secrets
    /// in your headers are not.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body, as it would be sent.</summary>
    public string Body { get; }

    /// <summary>
    /// The models in the order in which they would be called; those that are cooling down after a failure come last. Empty when
    /// the gateway chooses.
    /// </summary>
    public IReadOnlyList<string> Models { get; internal set; } = [];

    internal string? FirstModel => Models.Count == 0 ? null : Models[0];

    /// <summary>Those of <see cref="Models"/> that failed lately.</summary>
    public IReadOnlyList<string> CoolingModels { get; internal set; } = [];

    /// <summary>
    /// What the call will probably cost with the first model: four bytes of the body count as a prompt token, and the maximum of
    /// completion tokens is taken as used.
    /// </summary>
    public PriceQuote Estimate { get; internal set; }

    /// <summary>What the call costs at most, with the first model; it is what a budget reserves.</summary>
    public PriceQuote AtMost { get; internal set; }

    /// <summary>The state of each budget that the call must fit into, such as <c>client: 1 spent and 0 reserved of 5 USD</c>.</summary>
    public IReadOnlyList<string> Budgets { get; internal set; } = [];

    /// <summary>The state of <see cref="CCApiClientOptions.RateLimiter"/>; null when there is none, or it does not report it.</summary>
    public string? RateLimiter { get; internal set; }

    /// <summary>Why the call would be rejected, before it is sent or by the gateway; empty when nothing is known.</summary>
    public IReadOnlyList<string> Problems { get; internal set; } = [];

    /// <summary>
    /// The message as a line for <c>curl</c> in a POSIX shell, which takes the key from the environment variable
    /// <c>CCAPI_API_KEY</c>. A body of more than 100,000 bytes is piped to it.
    /// </summary>
    public string Curl
    {
        get
        {
            var body = Quote(Body);
            var isPiped = Encoding.UTF8.GetByteCount(body) > MaxArgumentBytes;
            var line = new StringBuilder();
            if (isPiped)
            {
                line.Append("printf %s ").Append(body).Append(" | ");
            }

            line.Append("curl -sS -X ").Append(Method).Append(' ');
            var hasGlob = Address.AbsoluteUri.IndexOfAny(['[', ']', '{', '}']) >= 0;
            line.Append(hasGlob ? "-g " : null).Append(Quote(Address.AbsoluteUri));
            line.Append(" -H \"Authorization: Bearer $").Append(CCApiDefaults.ApiKeyVariable).Append('"');

            foreach (var header in Headers)
            {
                // A colon without a value would remove the header.
                var text = string.IsNullOrEmpty(header.Value) ? $"{header.Key};" : $"{header.Key}: {header.Value}";
                line.Append(" -H ").Append(Quote(text));
            }

            return line.Append(" --data-binary ").Append(isPiped ? "@-" : body).ToString();
        }
    }

    /// <summary>Returns everything as lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Add(text, Curl);
        Add(text, $"models: {(Models.Count == 0 ? "the gateway chooses" : string.Join(", ", Models.Select(Describe)))}");
        Add(text, $"estimated cost: {Estimate}");
        Add(text, $"cost at most: {AtMost}");

        foreach (var budget in Budgets)
        {
            Add(text, $"budget of the {budget}");
        }

        if (RateLimiter is not null)
        {
            Add(text, $"rate limiter: {RateLimiter}");
        }

        foreach (var problem in Problems)
        {
            Add(text, $"problem: {problem}");
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''")}'";

    private string Describe(string model)
    {
        if (CoolingModels.Contains(model))
        {
            return $"{model} (cooling down)";
        }

        return model;
    }
}
