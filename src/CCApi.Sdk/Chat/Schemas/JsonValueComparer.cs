using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Compares JSON values as JSON Schema does: by value, so that <c>1</c> is <c>1.0</c> and the order of members does not count.
/// </summary>
internal sealed class JsonValueComparer : IEqualityComparer<JsonElement>
{
    public static JsonValueComparer Instance { get; } = new();

    public static bool IsSame(JsonElement value, JsonNode? known) =>
        IsSame(value, known, StringComparison.Ordinal);

    /// <param name="value">The value.</param>
    /// <param name="known">Another value.</param>
    /// <param name="comparison">How strings compare.</param>
    public static bool IsSame(JsonElement value, JsonNode? known, StringComparison comparison)
    {
        switch (known?.GetValueKind())
        {
            case null:
                return value.ValueKind == JsonValueKind.Null;
            case JsonValueKind.String:
                var isText = value.ValueKind == JsonValueKind.String;
                return isText && string.Equals(value.GetString(), known.ToString(), comparison);
            default:
                return JsonElement.DeepEquals(value, SchemaNode.ToElement(known));
        }
    }

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode(JsonElement obj)
    {
        var hash = (int)obj.ValueKind;
        switch (obj.ValueKind)
        {
            case JsonValueKind.String:
                return StringComparer.Ordinal.GetHashCode(obj.GetString()!);
            case JsonValueKind.Number:
                if (obj.TryGetDouble(out var number))
                {
                    return number.GetHashCode();
                }

                return hash;
            case JsonValueKind.Array:
                foreach (var item in obj.EnumerateArray())
                {
                    hash = unchecked((hash * 31) + GetHashCode(item));
                }

                return hash;
            case JsonValueKind.Object:
                foreach (var member in obj.EnumerateObject())
                {
                    hash ^= StringComparer.Ordinal.GetHashCode(member.Name) ^ unchecked(GetHashCode(member.Value) * 31);
                }

                return hash;
            default:
                return hash;
        }
    }
}
