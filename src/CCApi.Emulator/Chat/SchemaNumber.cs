using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>Makes a number that fits a JSON schema: the one in the prompt when it fits, else the nearest that does.</summary>
internal static partial class SchemaNumber
{
    /// <summary>Up to here a double holds every whole number.</summary>
    private const double Largest = 9_007_199_254_740_991;

    public static JsonNode Make(JsonObject schema, string prompt, int index, bool isInteger)
    {
        var (least, most) = isInteger ? WholeBounds(schema) : Bounds(schema);
        var step = Member(schema, "multipleOf") is > 0 and var multiple ? multiple : 1;
        var match = Digits().Match(prompt);
        var number = match.Success && double.TryParse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var found)
            ? Math.Clamp(found, -Largest, Largest)
            : least ?? 1;
        number = Limit(isInteger ? Math.Truncate(number) : number, least, most);
        number = Limit(most is not null && number + (index * step) > most ? number - (index * step) : number + (index * step), least, most);
        if (schema["multipleOf"] is not null)
        {
            number = Math.Ceiling(number / step) * step is var up && up > most ? Math.Floor(number / step) * step : up;
        }

        return isInteger && Math.Abs(number) <= Largest ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }

    private static double Limit(double number, double? least, double? most) => Math.Min(Math.Max(number, least ?? number), most ?? double.MaxValue);

    private static (double? Least, double? Most) WholeBounds(JsonObject schema)
    {
        var least = Larger(Ceiling(Member(schema, "minimum")), Floor(Member(schema, "exclusiveMinimum")) + 1);
        var most = -Larger(-Floor(Member(schema, "maximum")), -(Ceiling(Member(schema, "exclusiveMaximum")) - 1));
        return (least, most);
    }

    private static (double? Least, double? Most) Bounds(JsonObject schema)
    {
        var (above, below) = (Member(schema, "exclusiveMinimum"), Member(schema, "exclusiveMaximum"));
        var (least, most) = (Member(schema, "minimum"), Member(schema, "maximum"));

        // A bound that is excluded is kept away from by a quarter of the way to the other one.
        var gap = ((most ?? below) - (least ?? above)) / 4 ?? 1;
        return (Larger(least, above + gap), -Larger(-most, -(below - gap)));
    }

    private static double? Larger(double? one, double? other) => one is null || other > one ? other : one;

    private static double? Ceiling(double? number) => number is { } known ? Math.Ceiling(known) : null;

    private static double? Floor(double? number) => number is { } known ? Math.Floor(known) : null;

    private static double? Member(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

    [GeneratedRegex(@"-?\d+(?:\.\d+)?")]
    private static partial Regex Digits();
}
