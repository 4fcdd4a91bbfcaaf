using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>Numbers of things to generate that a caller set as an additional member: they are sent, and charged.</summary>
internal static class AdditionalCount
{
    /// <summary>The number, rounded up; null without such a member, and the largest of all where it cannot be read.</summary>
    public static long? Of(IDictionary<string, JsonElement>? members, string name)
    {
        var isSet = IsSet(members, name, out var value);
        if (!isSet)
        {
            return null;
        }

        var text = JsonRead.FromElement(value, JsonRead.Text);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return long.MaxValue;
        }

        return (long)Math.Max(0, Math.Min(Math.Ceiling(number), long.MaxValue));
    }

    /// <summary>Whether a member is there and not null.</summary>
    public static bool IsSet(IDictionary<string, JsonElement>? members, string name) => IsSet(members, name, out _);

    /// <summary>The product, or the end of the range.</summary>
    public static long Times(long count, long factor) =>
        (long)Math.Max(long.MinValue, Math.Min(Money.Multiply(count, factor), long.MaxValue));

    private static bool IsSet(IDictionary<string, JsonElement>? members, string name, out JsonElement value)
    {
        value = default;
        return members is not null
            && members.TryGetValue(name, out value)
            && value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
    }
}
