using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>A response, before any fault: bytes with a media type, or pieces that come one after the other.</summary>
internal sealed class GatewayResponse
{
    private static readonly JsonSerializerOptions _relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private GatewayResponse(int status, string mediaType, byte[] body, IReadOnlyList<StreamPiece>? pieces)
    {
        Status = status;
        MediaType = mediaType;
        Body = body;
        StreamPieces = pieces;
    }

    public int Status { get; }

    public string MediaType { get; }

    public byte[] Body { get; }

    /// <summary>What is sent without a length, piece by piece; null for a response that is not streamed.</summary>
    public IReadOnlyList<StreamPiece>? StreamPieces { get; }

    public bool IsEventStream => MediaType == "text/event-stream";

    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Headers beyond those that follow from the rest.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    /// <summary>Whether the connection breaks after the last piece.</summary>
    public bool IsBroken { get; private init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The same response with further headers.</summary>
    public GatewayResponse With(params KeyValuePair<string, string>[] headers) =>
        new(Status, MediaType, Body, StreamPieces)
        {
            RetryAfter = RetryAfter,
            Headers = [.. Headers, .. headers],
            IsBroken = IsBroken,
        };

    public static string Text(JsonNode json) => json.ToJsonString(_relaxed);

    public static GatewayResponse Json(JsonNode json, int status = 200) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(Text(json)), pieces: null);

    public static GatewayResponse Bytes(byte[] body, string mediaType, int status = 200) =>
        new(status, mediaType, body, pieces: null);

    /// <summary>An event stream of the data of each event.</summary>
    public static GatewayResponse Stream(IEnumerable<string> events) =>
        Stream(events.Select(data => (data, (TimeSpan?)null)));

    /// <summary>An event stream of the data of each event, with the wait before it.</summary>
    public static GatewayResponse Stream(IEnumerable<(string Data, TimeSpan? Delay)> events) =>
        new(
            200,
            "text/event-stream",
            [],
            [.. events.Select(item => new StreamPiece(Encoding.UTF8.GetBytes($"data: {item.Data}\n\n"), item.Delay))])
        {
            Headers = [KeyValuePair.Create("Cache-Control", "no-cache")],
        };

    /// <summary>A file in pieces of the same size, as if it were being made while it is sent.</summary>
    public static GatewayResponse Pieces(byte[] file, string mediaType, int count) =>
        new(
            200,
            mediaType,
            [],
            [.. file.Chunk((file.Length + count - 1) / count).Select(piece => new StreamPiece(piece))]);

    /// <summary>A response with headers of its own, in pieces, after which the connection can break.</summary>
    public static GatewayResponse Recorded(
        int status,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        IReadOnlyList<StreamPiece> pieces,
        bool isBroken = false)
    {
        var mediaType = headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        return new GatewayResponse(status, mediaType ?? string.Empty, [], pieces) { Headers = headers, IsBroken = isBroken };
    }

    /// <summary>An error as object stores send it.</summary>
    public static GatewayResponse StorageError(int status, string code, string message) =>
        new(
            status,
            "application/xml",
            Encoding.UTF8.GetBytes(
                """<?xml version="1.0" encoding="UTF-8"?>"""
                + $"<Error><Code>{code}</Code><Message>{message}</Message></Error>"),
            pieces: null);

    public static GatewayResponse Error(
        int status,
        string message,
        string type,
        string? code,
        string? param = null,
        TimeSpan? retryAfter = null)
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
        var body = Encoding.UTF8.GetBytes(Text(new JsonObject { ["error"] = error }));

        return new GatewayResponse(status, "application/json", body, pieces: null) { RetryAfter = retryAfter };
    }
}
