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
        "quantity", "unit size", "unit count", "unit quantity", "per quantity", "per units",
    };

    private static readonly HashSet<string> _currencies = new(System.StringComparer.Ordinal)
    {
        "currency", "currency code", "currency symbol", "currency unit", "price currency", "pricing currency", "cost currency",
        "billing currency",
    };

    private static readonly HashSet<string> _items = new(System.StringComparer.Ordinal)
    {
        "type", "kind", "item", "name", "label", "mode", "direction", "billing mode", "category", "variant", "plan", "service tier",
    };

    // Calls of their own, which this client does not send.
    private static readonly HashSet<string> _otherCalls = new(System.StringComparer.Ordinal)
    {
        "batch", "batches", "batched", "training", "finetuning",
    };

    private static readonly HashSet<string> _minimums = new(System.StringComparer.Ordinal)
    {
        "from", "min", "minimum", "start", "min tokens", "min input tokens", "min prompt tokens", "min context", "from tokens",
    };

    private static readonly HashSet<string> _exclusiveMinimums = new(System.StringComparer.Ordinal)
    {
        "above", "over", "threshold", "greater than", "above tokens", "threshold tokens",
    };

    private static readonly HashSet<string> _maximums = new(System.StringComparer.Ordinal)
    {
        "to", "max", "maximum", "up to", "end", "max tokens", "max input tokens", "max prompt tokens", "max context", "to tokens",
    };

    private static readonly HashSet<string> _exclusiveMaximums = new(System.StringComparer.Ordinal)
    {
        "below", "under", "less than", "until",
    };

    /// <summary>Whether a member is such a label, and not an amount.</summary>
    public static bool IsLabel(string name, JsonElement value)
    {
        var key = Key(name);
        if (_currencies.Contains(key))
        {
            return true;
        }

        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            return false;
        }

        var isMinimum = _minimums.Contains(key) || _exclusiveMinimums.Contains(key);
        var isMaximum = _maximums.Contains(key) || _exclusiveMaximums.Contains(key);
        var isImage = value.ValueKind == JsonValueKind.String && key is "size" or "resolution" or "quality";
        var isItem = value.ValueKind == JsonValueKind.String && _items.Contains(key);

        return isMinimum
            || isMaximum
            || isImage
            || isItem
            || _units.Contains(key);
    }

    /// <summary>Whether a member beside a block of prices, or beside flat ones, is about all of them.</summary>
    public static bool IsOfAll(string name)
    {
        var key = Key(name);

        return _currencies.Contains(key) || key is "price unit" or "pricing unit" or "billing unit";
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
        long? count = null;

        foreach (var member in element.EnumerateObject())
        {
            var key = Key(JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member)));
            if (TextOf(key, member.Value) is not { } text)
            {
                continue;
            }

            if (CountOf(key, text) is { } stated)
            {
                count = stated;
                continue;
            }

            context = Apply(key, text, context);
            next = _maximums.Contains(key) ? Tokens(text) + 1 ?? next : next;
            next = _exclusiveMaximums.Contains(key) ? Tokens(text) ?? next : next;
        }

        return (context.WithCount(count), next);
    }

    /// <summary>The context of prices from the members beside them that are about all of them.</summary>
    public static PriceContext Read(IEnumerable<KeyValuePair<string, JsonElement>> members, PriceContext context)
    {
        foreach (var member in members)
        {
            var isOfAll = IsOfAll(member.Key);
            if (isOfAll && TextOf(Key(member.Key), member.Value) is { } text)
            {
                context = Apply(Key(member.Key), text, context);
            }
        }

        return context;
    }

    /// <summary>The text of a label; null for none. A currency is a label whatever it contains.</summary>
    private static string? TextOf(string key, JsonElement value)
    {
        var isText = value.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        var text = isText ? JsonRead.FromElement(value, JsonRead.Text)?.Trim() : null;
        if (!string.IsNullOrEmpty(text))
        {
            return text;
        }

        var isUnreadable = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

        return isUnreadable && _currencies.Contains(key) ? JsonText.Decode(JsonMarshal.GetRawUtf8Value(value)) : null;
    }

    /// <summary>How many units a label states that has no noun, such as <c>"per": 1000000</c>; null for other labels.</summary>
    private static long? CountOf(string key, string text)
    {
        var unit = _units.Contains(key) ? PriceUnitText.Parse(text) : null;

        return unit is { Unit: null, Item: null, Currency: null } ? unit.Value.Per : null;
    }

    private static PriceContext Apply(string key, string text, in PriceContext context)
    {
        if (_units.Contains(key))
        {
            var unit = PriceUnitText.Parse(text);
            var problem = unit is null ? $"the unit {PriceNumber.Shown(text)} is not known" : null;

            return context with { Unit = unit, Item = unit?.Item ?? context.Item, UnitProblem = problem, IsUnitOfFamily = false };
        }

        if (_currencies.Contains(key))
        {
            var currency = Currencies.Stated(text);
            var problem = currency is null ? $"the currency {PriceNumber.Shown(text)} is not known" : null;

            return context with { Currency = currency, CurrencyProblem = problem };
        }

        if (_items.Contains(key))
        {
            return OfItem(text, context);
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
            "size" or "resolution" => context with { Size = PriceWords.Size(text) ?? Label(text) ?? context.Size },
            "quality" => context with { Quality = Label(text) ?? context.Quality },
            _ => context,
        };
    }

    // The type of a price may be an item ("input"), a unit ("per_token"), or anything else.
    private static PriceContext OfItem(string text, in PriceContext context)
    {
        if (PriceWords.Split(text).Exists(_otherCalls.Contains))
        {
            return context with { OtherCalls = $"it is for {PriceNumber.Shown(text)}, not for the calls of this client" };
        }

        var parsed = PriceName.Parse(text, isOfImages: false);
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

    private static string? Label(string text) => text.Length <= 40 ? text : null;

    private static string Key(string name) => string.Join(" ", PriceWords.Split(name));
}
