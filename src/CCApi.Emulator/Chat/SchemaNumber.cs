using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Finds numbers that fit JSON schemas: the one of the prompt when it fits, else the nearest that does.</summary>
internal static class SchemaNumber
{
    /// <summary>Up to here a double holds every whole number.</summary>
    private const double Largest = 9_007_199_254_740_991;

    /// <summary>Numbers to try, the best first; not all of them fit.</summary>
    /// <param name="schemas">The schemas.</param>
    /// <param name="wanted">The number of the prompt, if it has one.</param>
    /// <param name="index">Which item of a list it is for.</param>
    /// <param name="isInteger">Whether it must be whole.</param>
    public static IEnumerable<JsonNode> Candidates(IReadOnlyList<JsonObject> schemas, double? wanted, int index, bool isInteger)
    {
        var (least, most) = isInteger ? WholeBounds(schemas) : Bounds(schemas);
        var step = Of(schemas, "multipleOf").Where(multiple => multiple > 0).DefaultIfEmpty(0).Max();

        for (var offset = 0; offset < 64; offset++)
        {
            yield return Node(Make(wanted, index + offset, least, most, step), isInteger);
        }

        foreach (var number in new[] { 0, 1, -1, 2, 10, 100, -100, 0.5, 1.5, -1.5, 1e6 })
        {
            yield return Node(number, isInteger);
        }

        // Numbers around those of the schema, where branches exclude each other.
        foreach (var bound in schemas.SelectMany(schema => SchemaLiterals.Numbers(schema)).Distinct())
        {
            yield return Node(bound, isInteger);
            yield return Node(bound + 1, isInteger);
            yield return Node(bound - 1, isInteger);
            yield return Node(bound + 0.5, isInteger);
            yield return Node(bound - 0.5, isInteger);
        }
    }

    private static JsonValue Node(double number, bool isInteger)
    {
        var whole = isInteger ? Math.Truncate(number) : number;
        if (isInteger && Math.Abs(whole) <= Largest)
        {
            return JsonValue.Create((long)whole);
        }

        return JsonValue.Create(whole);
    }

    private static double Make(double? wanted, int index, double? least, double? most, double step)
    {
        var by = step > 0 ? step : 1;
        var number = Limit(wanted ?? least ?? 1, least, most);
        var goesDown = most is not null && number + (index * by) > most;
        number = Limit(goesDown ? number - (index * by) : number + (index * by), least, most);
        if (step <= 0)
        {
            return number;
        }

        var up = Multiple(Math.Ceiling(number / step), step);
        if (up > most)
        {
            return Multiple(Math.Floor(number / step), step);
        }

        return up;
    }

    /// <summary>Multiplies decimally where that is possible, because 3 * 0.1 is not 0.3 in binary.</summary>
    private static double Multiple(double count, double step)
    {
        const double LargestExact = 1e14;
        var isExact = Math.Abs(count) < LargestExact && step is > 1e-12 and < LargestExact;
        if (isExact)
        {
            return (double)((decimal)count * (decimal)step);
        }

        return count * step;
    }

    private static double Limit(double number, double? least, double? most) =>
        Math.Min(Math.Max(number, least ?? number), most ?? double.MaxValue);

    private static (double? Least, double? Most) WholeBounds(IReadOnlyList<JsonObject> schemas)
    {
        var above = Of(schemas, "exclusiveMinimum").Select(bound => Math.Floor(bound) + 1);
        var below = Of(schemas, "exclusiveMaximum").Select(bound => Math.Ceiling(bound) - 1);
        var least = Of(schemas, "minimum").Select(Math.Ceiling).Concat(above);
        var most = Of(schemas, "maximum").Select(Math.Floor).Concat(below);

        return (Max(least), Min(most));
    }

    private static (double? Least, double? Most) Bounds(IReadOnlyList<JsonObject> schemas)
    {
        var (least, most) = (Max(Of(schemas, "minimum")), Min(Of(schemas, "maximum")));
        var (above, below) = (Max(Of(schemas, "exclusiveMinimum")), Min(Of(schemas, "exclusiveMaximum")));

        // A bound that is excluded is kept away from by a quarter of the way to the other one.
        var gap = ((most ?? below) - (least ?? above)) / 4 ?? 1;

        return (Max([least, above + gap]), Min([most, below - gap]));
    }

    private static IEnumerable<double> Of(IReadOnlyList<JsonObject> schemas, string name) =>
        schemas.Select(schema => SchemaValidator.Number(schema, name)).OfType<double>();

    private static double? Max(IEnumerable<double> numbers) => Max(numbers.Select(number => (double?)number));

    private static double? Min(IEnumerable<double> numbers) => Min(numbers.Select(number => (double?)number));

    private static double? Max(IEnumerable<double?> numbers) => numbers.Max();

    private static double? Min(IEnumerable<double?> numbers) => numbers.Min();
}
