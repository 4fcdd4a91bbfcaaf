using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>A request that the emulator received, and how its response ended. Thread-safe.</summary>
[DebuggerDisplay("{Method,nq} {Path,nq} {Status}")]
public sealed class ReceivedRequest
{
    private readonly Lock _gate = new();
    private ChatRequestView? _chat;
    private int? _status;
    private decimal? _charged;
    private DateTimeOffset? _endedAt;
    private bool _clientHungUp;

    internal ReceivedRequest(
        long number,
        DateTimeOffset time,
        string method,
        string path,
        string query,
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body)
    {
        Number = number;
        Time = time;
        Method = method;
        Path = path;
        Query = query;
        Headers = headers;
        Body = body;
    }

    /// <summary>Its position among all requests of this emulator, from 1; the number at the end of its <c>x-request-id</c>.</summary>
    public long Number { get; }

    /// <summary>When it was received, by the emulator's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, such as <c>/v1/chat/completions</c>, without the query.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public string Query { get; }

    /// <summary>The headers. Names ignore case; values of headers that carry secrets are replaced by <c>(hidden)</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The exact bytes of the body; empty when there was none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>
    /// The body as JSON; null when it is not JSON, contains text that is not Unicode where this class reads it, or has more than a
    /// million values, of which an object counts as six.
    /// </summary>
    public JsonElement? Json => Chat.Root;

    /// <summary>The <c>Idempotency-Key</c>; null when there was none.</summary>
    public string? IdempotencyKey => Headers.GetValueOrDefault("Idempotency-Key");

    /// <summary>The model that the body names; null when it names none.</summary>
    public string? Model => Chat.Model;

    /// <summary>Whether the body asks for a stream.</summary>
    public bool IsStream => Chat.IsStream;

    /// <summary>
    /// The text of the last user message of a chat, the <c>input</c> of speech, or the prompt of an image; empty when there is
    /// none.
    /// </summary>
    public string LastUserText => Chat.LastUserText;

    /// <summary>The names of the tools that a chat offers.</summary>
    public IReadOnlyList<string> ToolNames => Chat.ToolNames;

    /// <summary>The texts of the tool results that follow the last user message of a chat.</summary>
    public IReadOnlyList<string> ToolResults => Chat.ToolResults;

    /// <summary>The status of the response; null until it has ended, and when the connection was reset before it began.</summary>
    public int? Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>The credits that it was charged, also when they were refunded later; null when it was not charged.</summary>
    public decimal? Charged
    {
        get
        {
            lock (_gate)
            {
                return _charged;
            }
        }
    }

    /// <summary>When its response ended or the client hung up, by the emulator's clock; null until then.</summary>
    public DateTimeOffset? EndedAt
    {
        get
        {
            lock (_gate)
            {
                return _endedAt;
            }
        }
    }

    /// <summary>Whether the client closed the connection before the response was complete, at <see cref="EndedAt"/>.</summary>
    public bool ClientHungUp
    {
        get
        {
            lock (_gate)
            {
                return _clientHungUp;
            }
        }
    }

    // Parsed when somebody looks: most requests are recorded and never read.
    private ChatRequestView Chat
    {
        get
        {
            lock (_gate)
            {
                return _chat ??= ChatRequestView.Parse(Body);
            }
        }
    }

    /// <summary>Throws unless the body is this JSON, whatever the order of members.</summary>
    /// <param name="expected">The JSON.</param>
    /// <exception cref="EmulatorAssertionException">The body differs; the message lists where.</exception>
    /// <exception cref="JsonException"><paramref name="expected"/> is not JSON.</exception>
    public void AssertJson(string expected)
    {
        if (Json is not { } actual)
        {
            throw new EmulatorAssertionException($"The body of {this} is not JSON: '{BodyText}'.");
        }

        using var document = JsonDocument.Parse(expected);
        var differences = JsonDifference.Between(document.RootElement, actual);
        if (differences.Count > 0)
        {
            throw new EmulatorAssertionException(
                $"The body of {this} differs:\n  {string.Join("\n  ", differences)}");
        }
    }

    /// <summary>Throws unless a header has this value.</summary>
    /// <param name="name">The header; its case is ignored.</param>
    /// <param name="expected">The value; null when the header must be missing.</param>
    /// <exception cref="EmulatorAssertionException">The header differs; the message shows it.</exception>
    public void AssertHeader(string name, string? expected)
    {
        var actual = Headers.GetValueOrDefault(name);
        if (actual != expected)
        {
            throw new EmulatorAssertionException(
                $"The header {name} of {this}: expected {expected ?? "nothing"}, received {actual ?? "nothing"}.");
        }
    }

    /// <summary>The request line, such as <c>POST /v1/chat/completions</c>.</summary>
    public override string ToString() => $"{Method} {Path}{Query}";

    internal void End(int? status, decimal? charged, DateTimeOffset time, bool clientHungUp)
    {
        lock (_gate)
        {
            _status = status;
            _charged = charged;
            _endedAt = time;
            _clientHungUp = clientHungUp;
        }
    }
}
