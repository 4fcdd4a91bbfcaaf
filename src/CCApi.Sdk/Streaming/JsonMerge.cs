using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Puts members together that the contract does not know: lists grow, objects merge, texts that come in pieces are joined, else the last value counts.</summary>
internal static class JsonMerge
{
    // Members of legacy function calls, audio and reasoning, whose texts gateways send in pieces (observed).
    private static readonly string[] _pieces = ["arguments", "data", "transcript"];

    /// <summary>Adds the members of a piece.</summary>
    /// <param name="target">What came before; made when it is needed.</param>
    /// <param name="source">The piece, which is not changed.</param>
    /// <param name="inPieces">Whether lists and texts are pieces too; else they come whole, and the last one counts.</param>
    public static void Into(ref IDictionary<string, JsonElement>? target, IDictionary<string, JsonElement>? source, bool inPieces = true)
    {
        if (source is null)
        {
            return;
        }

        target ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in source)
        {
            target[member.Key] = target.TryGetValue(member.Key, out var before) ? Merge(member.Key, before, member.Value, inPieces) : member.Value;
        }
    }

    public static JsonElement? Merge(JsonElement? first, JsonElement? second) =>
        first is { } before && second is { } after ? Merge(string.Empty, before, after, inPieces: true) : first ?? second;

    private static JsonElement Merge(string name, JsonElement first, JsonElement second, bool inPieces) => (first.ValueKind, second.ValueKind) switch
    {
        (not JsonValueKind.Undefined, JsonValueKind.Null or JsonValueKind.Undefined) => first,
        (JsonValueKind.Object, JsonValueKind.Object) => MergeObjects(first, second, inPieces),
        (JsonValueKind.Array, JsonValueKind.Array) when inPieces => Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var item in first.EnumerateArray().Concat(second.EnumerateArray()))
            {
                JsonWrite.Element(writer, item);
            }

            writer.WriteEndArray();
        }),
        (JsonValueKind.String, JsonValueKind.String) when second.ValueEquals(ReadOnlySpan<byte>.Empty) => first,
        (JsonValueKind.String, JsonValueKind.String) when inPieces && _pieces.Contains(name) => Join(first, second),
        _ => second,
    };

    private static JsonElement MergeObjects(JsonElement first, JsonElement second, bool inPieces)
    {
        var members = Members(first);
        Into(ref members, Members(second), inPieces);
        return Write(writer =>
        {
            writer.WriteStartObject();
            JsonWrite.Unknown(writer, members);
            writer.WriteEndObject();
        });
    }

    /// <summary>The members by a reader of its own: the platform's enumeration throws on names that are no valid text.</summary>
    private static IDictionary<string, JsonElement>? Members(JsonElement element)
    {
        IDictionary<string, JsonElement>? members = null;
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members = JsonRead.Unknown(ref reader, JsonRead.MemberName(ref reader), members);
        }

        return members;
    }

    /// <summary>Joined as they are written: the halves of a character that was cut find together.</summary>
    private static JsonElement Join(JsonElement first, JsonElement second) => Write(writer =>
    {
        using var joined = new PooledBuffer();
        Append(joined, JsonMarshal.GetRawUtf8Value(first).Slice(0, JsonMarshal.GetRawUtf8Value(first).Length - 1));
        Append(joined, JsonMarshal.GetRawUtf8Value(second).Slice(1));
        writer.WriteRawValue(joined.Written, skipInputValidation: true);
    });

    private static void Append(PooledBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }

    private static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        var reader = new Utf8JsonReader(buffer.Written);
        return JsonElement.ParseValue(ref reader);
    }
}
