using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Puts members together that the contract does not know: lists grow, objects merge, texts that come in pieces are joined, else the last value counts.</summary>
internal static class JsonMerge
{
    // Members of legacy function calls, audio and reasoning, whose texts gateways send in pieces (observed).
    private static readonly string[] _pieces = ["arguments", "data", "transcript"];

    public static void Into(ref IDictionary<string, JsonElement>? target, IDictionary<string, JsonElement>? source)
    {
        if (source is null)
        {
            return;
        }

        target ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in source)
        {
            target[member.Key] = target.TryGetValue(member.Key, out var before) ? Merge(member.Key, before, member.Value) : member.Value;
        }
    }

    public static JsonElement? Merge(JsonElement? first, JsonElement? second) =>
        first is { } before && second is { } after ? Merge(string.Empty, before, after) : first ?? second;

    private static JsonElement Merge(string name, JsonElement first, JsonElement second) => (first.ValueKind, second.ValueKind) switch
    {
        (_, JsonValueKind.Null) => first,
        (JsonValueKind.Array, JsonValueKind.Array) => Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var item in first.EnumerateArray().Concat(second.EnumerateArray()))
            {
                JsonWrite.Element(writer, item);
            }

            writer.WriteEndArray();
        }),
        (JsonValueKind.Object, JsonValueKind.Object) => Write(writer => WriteObject(writer, first, second)),
        (JsonValueKind.String, JsonValueKind.String) when second.ValueEquals(ReadOnlySpan<byte>.Empty) => first,
        (JsonValueKind.String, JsonValueKind.String) when _pieces.Contains(name) =>
            Write(writer => writer.WriteStringValue(Text(first) + Text(second))),
        _ => second,
    };

    private static void WriteObject(Utf8JsonWriter writer, JsonElement first, JsonElement second)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in first.EnumerateObject().Concat(second.EnumerateObject()))
        {
            members[member.Name] = members.TryGetValue(member.Name, out var before) ? Merge(member.Name, before, member.Value) : member.Value;
        }

        writer.WriteStartObject();
        JsonWrite.Unknown(writer, members);
        writer.WriteEndObject();
    }

    private static string? Text(JsonElement element) => JsonRead.FromElement(element, JsonRead.Text);

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
