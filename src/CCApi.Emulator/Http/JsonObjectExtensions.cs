using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Reads members of a request body; each is null when it is missing or of another type.</summary>
internal static class JsonObjectExtensions
{
    public static string? Text(this JsonObject body, string name)
    {
        if (body[name] is { } node && node.GetValueKind() == JsonValueKind.String)
        {
            return node.GetValue<string>();
        }

        return null;
    }

    /// <summary>The texts of a list; without those of its items that are something else.</summary>
    public static IEnumerable<string> TextsOf(this JsonObject body, string name) =>
        (body[name] as JsonArray ?? []).OfType<JsonValue>()
            .Where(item => item.GetValueKind() == JsonValueKind.String)
            .Select(item => item.GetValue<string>());

    /// <summary>A whole number, also when it is written as <c>1e3</c> or <c>2.0</c>; null when it is not one or does not fit.</summary>
    public static long? Integer(this JsonObject body, string name) => body[name]?.AsInteger();

    /// <summary>The same of a value.</summary>
    public static long? AsInteger(this JsonNode node)
    {
        if (node.GetValueKind() != JsonValueKind.Number)
        {
            return null;
        }

        if (node.AsValue().TryGetValue<long>(out var number))
        {
            return number;
        }

        var real = node.GetValue<double>();
        var isInteger = Math.Abs(real) < long.MaxValue && Math.Truncate(real) == real;
        if (isInteger)
        {
            return (long)real;
        }

        return null;
    }

    public static int? Number(this JsonObject body, string name)
    {
        if (Integer(body, name) is >= int.MinValue and <= int.MaxValue and var number)
        {
            return (int)number;
        }

        return null;
    }
}
