using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>An answer, before any fault: bytes with a media type, or the events of a stream.</summary>
internal sealed class Reply
{
    private static readonly JsonSerializerOptions _relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Reply(int status, string mediaType, byte[] body, IReadOnlyList<string>? events)
    {
        Status = status;
        MediaType = mediaType;
        Body = body;
        Events = events;
    }

    public int Status { get; }

    public string MediaType { get; }

    public byte[] Body { get; }

    /// <summary>The data of each event; null for an answer that is no stream.</summary>
    public IReadOnlyList<string>? Events { get; }

    public TimeSpan? RetryAfter { get; private init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public static string Text(JsonNode json) => json.ToJsonString(_relaxed);

    public static Reply Json(JsonNode json, int status = 200) => new(status, "application/json", Encoding.UTF8.GetBytes(Text(json)), events: null);

    public static Reply Bytes(byte[] body, string mediaType) => new(200, mediaType, body, events: null);

    public static Reply Stream(IReadOnlyList<string> events) => new(200, "text/event-stream", [], events);

    public static Reply Error(int status, string message, string type, string? code, string? param = null, TimeSpan? retryAfter = null)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = type };
        if (code is not null)
        {
            error["code"] = code;
        }

        if (param is not null)
        {
            error["param"] = param;
        }

        error["details"] = new JsonObject();
        return new Reply(status, "application/json", Encoding.UTF8.GetBytes(Text(new JsonObject { ["error"] = error })), events: null) { RetryAfter = retryAfter };
    }
}
