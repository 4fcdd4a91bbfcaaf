using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Sdk;

/// <summary>The keywords of a schema that look at one value and not into it. Each method returns what is wrong, or null.</summary>
internal static class SchemaAssertions
{
    private const int MaxExcerpt = 40;

    /// <summary>A pattern is the program's, but its text is the model's: one that takes longer counts as a match.</summary>
    private static readonly TimeSpan _patternTimeout = TimeSpan.FromMilliseconds(250);

    public static string? Check(JsonElement value, JsonObject schema, bool ignoreCase)
    {
        var problem = CheckType(value, schema)
            ?? CheckConstant(value, schema)
            ?? CheckEnum(value, schema, ignoreCase);
        if (problem is not null)
        {
            return problem;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number => CheckNumber(value, schema),
            JsonValueKind.String => CheckText(value.GetString()!, schema),
            _ => null,
        };
    }

    public static string? CheckType(JsonElement value, JsonObject schema)
    {
        var types = SchemaNode.Types(schema);
        if (types.Count == 0 || types.Any(type => IsOfType(value, type)))
        {
            return null;
        }

        return $"must be {string.Join(" or ", types)}, but is {Excerpt(value)}";
    }

    public static string? CheckConstant(JsonElement value, JsonObject schema)
    {
        if (!schema.TryGetPropertyValue("const", out var constant) || JsonValueComparer.IsSame(value, constant))
        {
            return null;
        }

        return $"must be {Text(constant)}, but is {Excerpt(value)}";
    }

    public static string? CheckEnum(JsonElement value, JsonObject schema, bool ignoreCase)
    {
        if (schema["enum"] is not JsonArray known)
        {
            return null;
        }

        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (known.Any(one => JsonValueComparer.IsSame(value, one, comparison)))
        {
            return null;
        }

        return $"must be one of {string.Join(", ", known.Select(Text))}, but is {Excerpt(value)}";
    }

    public static bool IsOfType(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && IsInteger(value)),
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        _ => type == "null",
    };

    /// <summary>Whether a number has no fraction, however it is written: <c>3.0</c> and <c>1e2</c> have none.</summary>
    public static bool IsInteger(JsonElement number)
    {
        if (number.TryGetInt64(out _))
        {
            return true;
        }

        return number.TryGetDouble(out var real) && Math.Floor(real) == real;
    }

    /// <summary>The number of a keyword such as <c>maxItems</c>; null when the schema has none.</summary>
    public static double? Number(JsonObject schema, string keyword)
    {
        if (schema[keyword] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
        {
            return null;
        }

        if (SchemaNode.ToElement(value).TryGetDouble(out var number))
        {
            return number;
        }

        return null;
    }

    public static string? CheckCount(
        double count, JsonObject schema, string minimum, string maximum, string unit)
    {
        if (Number(schema, minimum) is { } least && count < least)
        {
            return $"must have at least {Text(least)} {unit}, but has {Text(count)}";
        }

        if (Number(schema, maximum) is { } most && count > most)
        {
            return $"must have at most {Text(most)} {unit}, but has {Text(count)}";
        }

        return null;
    }

    public static bool IsMatch(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, _patternTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern of another dialect rejects nothing.
            return true;
        }
    }

    public static string Text(JsonNode? node)
    {
        if (node is null)
        {
            return "null";
        }

        return SchemaNode.ToElement(node).GetRawText();
    }

    public static string Excerpt(JsonElement value)
    {
        var text = value.GetRawText();
        if (text.Length <= MaxExcerpt)
        {
            return text;
        }

        return $"{text.Substring(0, MaxExcerpt)}...";
    }

    private static string? CheckNumber(JsonElement value, JsonObject schema)
    {
        if (!value.TryGetDouble(out var number))
        {
            return null;
        }

        var limits = new List<(string Keyword, Func<double, bool> Fits, string Words)>
        {
            ("minimum", limit => number >= limit, "at least"),
            ("exclusiveMinimum", limit => number > limit, "greater than"),
            ("maximum", limit => number <= limit, "at most"),
            ("exclusiveMaximum", limit => number < limit, "less than"),
            ("multipleOf", step => IsMultiple(value, number, step), "a multiple of"),
        };

        foreach (var (keyword, fits, words) in limits)
        {
            if (Number(schema, keyword) is { } limit && !fits(limit))
            {
                return $"must be {words} {Text(limit)}, but is {Excerpt(value)}";
            }
        }

        return null;
    }

    private static bool IsMultiple(JsonElement value, double number, double step)
    {
        if (step <= 0)
        {
            return true;
        }

        // Exact where both are decimals: 0.3 is a multiple of 0.1.
        var isDecimalStep = step is > 1e-27 and < 7e27 && (decimal)step != 0;
        if (isDecimalStep && value.TryGetDecimal(out var exact))
        {
            return exact % (decimal)step == 0;
        }

        return Math.Abs(Math.IEEERemainder(number, step)) < 1e-9 * step;
    }

    private static string? CheckText(string text, JsonObject schema)
    {
        // Characters, not the halves of pairs.
        var length = text.Length - text.Count(char.IsLowSurrogate);
        var count = CheckCount(length, schema, "minLength", "maxLength", "characters");
        if (count is not null)
        {
            return count;
        }

        if (schema["pattern"] is { } pattern && !IsMatch(text, pattern.ToString()))
        {
            return $"must match the pattern {pattern}";
        }

        return null;
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
