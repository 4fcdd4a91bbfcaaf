using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Finds texts that fit JSON schemas: from the prompt, of a format, for a pattern, of a length.</summary>
internal static class SchemaText
{
    private const int MaxCharacters = 10_000;
    private const int Variants = 64;

    /// <summary>Texts to try, the best first; not all of them fit.</summary>
    public static IEnumerable<string> Candidates(IReadOnlyList<JsonObject> schemas, SchemaPlace place, PromptValues prompt)
    {
        var least = (int)Math.Clamp(Of(schemas, "minLength").DefaultIfEmpty(0).Max(), 0, MaxCharacters);
        var most = (int)Math.Clamp(Of(schemas, "maxLength").DefaultIfEmpty(MaxCharacters).Min(), 0, MaxCharacters);
        var patterns = schemas.Select(schema => schema.Text("pattern")).OfType<string>().ToList();
        var format = schemas.Select(schema => schema.Text("format")).OfType<string>().FirstOrDefault(name => OfFormat(name, 0) is not null);
        if (format is not null)
        {
            var said = prompt.OfFormat(format);
            foreach (var text in OfFormats(format, said, place.Index))
            {
                yield return text;
            }
        }

        if (format is null && patterns.Count == 0)
        {
            yield return Fit(Wanted(place, prompt), least, most);
        }

        foreach (var text in ForPatterns(patterns, prompt, least))
        {
            yield return text;
            yield return text.PadRight(Math.Max(least, text.Length), 'a');
            yield return text.PadRight(Math.Max(least, text.Length), ' ');
        }

        if (format is not null)
        {
            yield break;
        }

        for (var variant = 1; variant < Variants; variant++)
        {
            yield return Fit(Numbered(prompt.Topic, place.Index + variant), least, most);
        }

        foreach (var text in schemas.SelectMany(SchemaLiterals.Texts).Distinct().Take(Variants))
        {
            yield return text;
        }

        // Lengths around those of the schema, where branches exclude each other.
        var mentioned = schemas.SelectMany(SchemaLiterals.Numbers).Where(number => number is >= 0 and < MaxCharacters);
        var lengths = mentioned
            .Select(number => (int)number)
            .Distinct()
            .Take(Variants)
            .SelectMany(number => new[] { number, number + 1, Math.Max(number - 1, 0) });

        foreach (var length in lengths.Prepend(least).Prepend(0).Distinct())
        {
            yield return Fit(prompt.Topic, length, length);
        }
    }

    private static string Wanted(SchemaPlace place, PromptValues prompt) =>
        prompt.Text(place.Path, place.Name) ?? Numbered(prompt.AnyText(place.Name), place.Index);

    private static string Numbered(string text, int index)
    {
        if (index == 0)
        {
            return text;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{text} {index + 1}");
    }

    private static IEnumerable<string> OfFormats(string format, string? said, int index)
    {
        if (said is not null && index == 0)
        {
            yield return said;
        }

        for (var variant = index; variant < index + Variants; variant++)
        {
            yield return OfFormat(format, variant)!;
        }
    }

    private static string? OfFormat(string format, int variant)
    {
        var number = (variant % 200) + 1;
        var suffix = variant == 0 ? string.Empty : number.ToString(CultureInfo.InvariantCulture);

        return format switch
        {
            "date" => $"20{26 + (variant % 70):00}-01-31",
            "date-time" => $"20{26 + (variant % 70):00}-01-31T12:00:00Z",
            "time" => $"12:{variant % 60:00}:00Z",
            "duration" => $"PT{number}H",
            "email" or "idn-email" => $"someone{suffix}@example.com",
            "hostname" or "idn-hostname" => variant == 0 ? "example.com" : $"host{suffix}.example.com",
            "ipv4" => $"192.0.2.{number}",
            "ipv6" => $"2001:db8::{number:x}",
            "uri" or "iri" => $"https://example.com/{suffix}",
            "uri-reference" or "iri-reference" => $"/path{suffix}",
            "uri-template" => $"https://example.com/{{id{suffix}}}",
            "uuid" => $"00000000-0000-4000-8000-{number:x12}",
            "json-pointer" => $"/member{suffix}",
            "relative-json-pointer" => $"{number}/member",
            "regex" => $"^a{suffix}$",
            _ => null,
        };
    }

    private static IEnumerable<string> ForPatterns(List<string> patterns, PromptValues prompt, int length)
    {
        if (patterns.Count == 0)
        {
            return [];
        }

        char[] separators = [' ', '\n', '\t', '"', '?', '!', ','];
        var spoken = prompt.Prompt.Split(separators, StringSplitOptions.RemoveEmptyEntries).Append(prompt.Topic);

        return spoken.Where(word => patterns.TrueForAll(pattern => SchemaPattern.IsMatch(pattern, word) == true))
            .Concat(patterns.SelectMany(pattern => SchemaPattern.Texts(pattern, length)));
    }

    /// <summary>Makes a text as long as it must be. The end of a long text stays, because it distinguishes the items of a list.</summary>
    private static string Fit(string text, int least, int most)
    {
        var runes = text.EnumerateRunes().ToList();
        if (runes.Count < least)
        {
            return text + new string('.', least - runes.Count);
        }

        if (runes.Count <= most)
        {
            return text;
        }

        return string.Concat(runes.Skip(runes.Count - most).Select(rune => rune.ToString()));
    }

    private static IEnumerable<double> Of(IReadOnlyList<JsonObject> schemas, string name) =>
        schemas.Select(schema => SchemaValidator.Number(schema, name)).OfType<double>();
}
