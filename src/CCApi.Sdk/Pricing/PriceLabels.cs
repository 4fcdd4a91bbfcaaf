using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// The members beside an amount that specify what it is for: its unit, currency, item, size, quality, and the number of prompt
/// tokens from which it holds.
/// </summary>
internal static class PriceLabels
{
    private static readonly HashSet<string> _units = new(System.StringComparer.Ordinal)
    {
        "unit", "units", "per", "billing unit", "price unit", "pricing unit", "unit type",
    };

    private static readonly HashSet<string> _items = new(System.StringComparer.Ordinal)
    {
        "type", "kind", "item", "name", "label", "mode", "direction", "billing mode",
    };

    private static readonly HashSet<string> _minimums = new(System.StringComparer.Ordinal)
    {
        "from", "min", "start", "min tokens", "min input tokens", "min prompt tokens", "min context", "from tokens",
    };

    private static readonly HashSet<string> _exclusiveMinimums = new(System.StringComparer.Ordinal)
    {
        "above", "over", "threshold", "greater than", "above tokens", "threshold tokens",
    };

    private static readonly HashSet<string> _maximums = new(System.StringComparer.Ordinal)
    {
        "to", "max", "up to", "end", "max tokens", "max input tokens", "max prompt tokens", "max context", "to tokens",
    };

    private static readonly HashSet<string> _exclusiveMaximums = new(System.StringComparer.Ordinal)
    {
        "below", "under", "less than", "until",
    };

    /// <summary>Whether a member is such a label, and not an amount.</summary>
    public static bool IsLabel(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            return false;
        }

        var key = Key(name);
        var isMinimum = _minimums.Contains(key) || _exclusiveMinimums.Contains(key);
        var isMaximum = _maximums.Contains(key) || _exclusiveMaximums.Contains(key);
        var isImage = value.ValueKind == JsonValueKind.String && key is "size" or "resolution" or "quality";
        var isItem = value.ValueKind == JsonValueKind.String && _items.Contains(key);

        return isMinimum
            || isMaximum
            || isImage
            || isItem
            || key == "currency"
            || _units.Contains(key);
    }

    /// <summary>Whether an object states where its tier begins.</summary>
    public static bool HasBeginning(JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            var key = Key(JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member)));
            if (_minimums.Contains(key) || _exclusiveMinimums.Contains(key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The context of the amounts of an object, and where the tier after it begins.</summary>
    public static (PriceContext Context, long? Next) Read(JsonElement element, PriceContext context)
    {
        long? next = null;
        foreach (var member in element.EnumerateObject())
        {
            var key = Key(JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member)));
            var isText = member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number;
            var text = isText ? JsonRead.FromElement(member.Value, JsonRead.Text)?.Trim() : null;
            if (string.IsNullOrEmpty(text))
            {
                continue;
            }

            context = Apply(key, text!, context);
            next = _maximums.Contains(key) ? Tokens(text!) + 1 ?? next : next;
            next = _exclusiveMaximums.Contains(key) ? Tokens(text!) ?? next : next;
        }

        return (context, next);
    }

    private static PriceContext Apply(string key, string text, in PriceContext context)
    {
        if (_units.Contains(key))
        {
            var unit = PriceUnitText.Parse(text);
            var problem = unit is null ? $"the unit {PriceNumber.Shown(text)} is not known" : null;

            return context with { Unit = unit, Item = unit?.Item ?? context.Item, UnitProblem = problem, IsUnitOfFamily = false };
        }

        if (key == "currency")
        {
            var currency = Currencies.Stated(text);
            var problem = currency is null ? $"the currency {PriceNumber.Shown(text)} is not known" : null;

            return context with { Currency = currency, CurrencyProblem = problem };
        }

        if (_items.Contains(key))
        {
            return OfItem(PriceName.Parse(text, isOfImages: false), context);
        }

        if (_minimums.Contains(key))
        {
            return context with { MinInputTokens = Tokens(text) ?? context.MinInputTokens };
        }

        if (_exclusiveMinimums.Contains(key))
        {
            return context with { MinInputTokens = Tokens(text) + 1 ?? context.MinInputTokens };
        }

        return key switch
        {
            "size" or "resolution" => context with { Size = PriceWords.Size(text) ?? context.Size },
            "quality" => context with { Quality = text.Length <= 40 ? text : context.Quality },
            _ => context,
        };
    }

    // The type of a price may be an item ("input"), a unit ("per_token"), or anything else.
    private static PriceContext OfItem(PriceName parsed, in PriceContext context)
    {
        if (parsed.IsKnown)
        {
            return context with { Item = parsed.Item ?? parsed.Unit?.Item ?? context.Item, Unit = context.Unit ?? parsed.Unit };
        }

        return context;
    }

    private static long? Tokens(string text)
    {
        if (PriceWords.Count(text.ToLowerInvariant()) is { } count)
        {
            return count;
        }

        var number = PriceNumber.Parse(text);
        if (number is { Amount: >= 0 and <= 1_000_000_000_000 and var amount, Unit: null })
        {
            return (long)amount;
        }

        return null;
    }

    private static string Key(string name) => string.Join(" ", PriceWords.Split(name));
}
