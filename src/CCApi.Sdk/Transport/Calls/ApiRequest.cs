using System;
using System.Net.Http;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>One call as a facade asks for it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the base address, encoded, with its query.</param>
/// <param name="Accept">The media types that the response may have.</param>
/// <param name="WriteBody">Writes the JSON body; null for that of <see cref="Choice"/>, or none.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, string Accept, Action<Utf8JsonWriter>? WriteBody)
{
    public const string Json = "application/json";

    public const string EventStream = MediaType.EventStream;

    /// <summary>
    /// An address of its own, from a response, that gets neither the key nor the caller's headers; null for a call of the API.
    /// </summary>
    public Uri? Download { get; init; }

    /// <summary>The request as one whose model may be another; null when it has none.</summary>
    public IModelChoice? Choice { get; init; }

    /// <summary>The scope that it was created in; null for the one in which it is sent.</summary>
    public CostScope? Scope { get; init; }

    /// <summary>What telemetry reports of the call; null for nothing.</summary>
    public TelemetryOperation? Operation { get; init; }

    /// <summary>A body of the caller's; null for one that is written as JSON, or none.</summary>
    public CallContent? Content { get; init; }

    /// <summary>When the call began, as a timestamp of the clock; null for when it is sent.</summary>
    public long? Start => Content?.Start;

    /// <summary>Whether it uses a model, so that its success is logged.</summary>
    public bool UsesModel => Operation?.UsesModel == true;

    /// <summary>Whether the request can be sent, once more if it was sent before.</summary>
    public bool CanBeSent => Content?.CanBeSent != false;

    /// <summary>Whether the response is read as a stream of events.</summary>
    public bool IsEventStream => Accept == EventStream;

    /// <summary>Whether the call only reads, so that it costs nothing and may be repeated.</summary>
    /// <remarks>Looked at many times in a call; the names of other methods are compared without regard to case.</remarks>
    public bool IsRead => !ReferenceEquals(Method, HttpMethod.Post) && (Method == HttpMethod.Get || Method == HttpMethod.Head);

    public static ApiRequest Get(string path, TelemetryOperation? operation = null) =>
        new(HttpMethod.Get, path, Json, WriteBody: null) { Operation = operation };

    public static ApiRequest From(Uri download) =>
        new(HttpMethod.Get, download.AbsolutePath, "*/*", WriteBody: null) { Download = download };

    public static ApiRequest Post(
        string path,
        IModelChoice request,
        TelemetryOperation? operation = null,
        string accept = Json,
        CostScope? scope = null) =>
        new(HttpMethod.Post, path, accept, WriteBody: null) { Choice = request, Operation = operation, Scope = scope };

    /// <summary>The name of the request in messages, where its address contains a key.</summary>
    private string? Name { get; init; }

    /// <summary>The download with a name that does not show the keys. The address stays; a path with a key is not sent.</summary>
    public ApiRequest Masked(KeyRedaction redaction)
    {
        if (Download is null || ReferenceEquals(redaction.Apply(Download.Host), Download.Host))
        {
            return this;
        }

        return this with { Name = redaction.Apply(ToString()) };
    }

    /// <summary>The call in two words, for messages; the query is left out.</summary>
    public override string ToString() => Name ?? FullName();

    private string FullName()
    {
        if (Download is not null)
        {
            return $"The download from {Download.Host}";
        }

        return $"{Method} /{Path.Split('?')[0].TrimStart('/')}";
    }
}
