using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Reads prices of any nesting: names and the members beside an amount specify what it is for. Whatever is not understood
/// becomes an issue, never an exception.
/// </summary>
internal sealed class PriceReader
{
    private const int MaxDepth = 8;

    private const int MaxValues = 1_000;

    private const int MaxIssues = 20;

    // Nobody sells a token for a tenth of a cent: the name stands for another unit there.
    private const decimal HighestTokenPrice = 0.001m;

    private readonly ModelPriceOptions _options;
    private readonly PriceModelKind _kind;
    private readonly List<ModelRate> _rates = [];
    private readonly List<PriceIssue> _issues = [];
    private int _values;

    private PriceReader(PriceModelKind kind, ModelPriceOptions options)
    {
        _kind = kind;
        _options = options;
    }

    public static ModelPrice Read(ModelSummary model, ModelPriceOptions options)
    {
        var issues = new List<PriceIssue>();
        JsonElement? raw = null;
        var kind = PriceModelKind.Of(model);

        foreach (var source in PriceSources.Of(model))
        {
            raw ??= source.Element;
            var reader = new PriceReader(kind, options);
            reader.Source(source);
            issues.AddRange(reader._issues);
            if (reader._rates.Count > 0)
            {
                return new ModelPrice(reader._rates, reader._issues, source.Element);
            }
        }

        var ratios = PriceRatios.Read(model);

        return ratios ?? new ModelPrice([], issues, raw);
    }

    private void Source(in PriceSource source)
    {
        var context = new PriceContext(source.Path);
        if (source.Members is not { } members)
        {
            Value(source.Element, context);
            return;
        }

        foreach (var member in members)
        {
            Member(member.Key, member.Value, context);
        }
    }

    private void Value(JsonElement value, in PriceContext context)
    {
        if (++_values > MaxValues || context.Depth > MaxDepth)
        {
            AddIssue(context, "the prices are nested too deeply, or too many");
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(value, context);
                break;
            case JsonValueKind.Array:
                List(value, context);
                break;
            case JsonValueKind.Number or JsonValueKind.String:
                Amount(JsonRead.FromElement(value, JsonRead.Text), context);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                AddIssue(context, "it is neither a number nor a text");
                break;
        }
    }

    private void List(JsonElement list, in PriceContext context)
    {
        // "Up to" of one tier is the start of the next that has none.
        var next = context.MinInputTokens;

        foreach (var (index, item) in PriceTiers.InOrder(list))
        {
            var before = context with { Path = $"{context.Path}[{index}]", MinInputTokens = next, Depth = context.Depth + 1 };
            var end = item.ValueKind == JsonValueKind.Object ? PriceLabels.Read(item, before).Next : null;
            Value(item, before with { MaxInputTokens = end - 1 ?? context.MaxInputTokens });
            next = end ?? next;
            if (_values > MaxValues)
            {
                return;
            }
        }
    }

    private void Object(JsonElement element, in PriceContext outer)
    {
        var context = PriceLabels.Read(element, outer).Context;
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member));
            if (!PriceLabels.IsLabel(name, member.Value))
            {
                Member(name, member.Value, context);
            }
        }
    }

    private void Member(string name, JsonElement value, in PriceContext context)
    {
        var isOfImages = _kind.MakesImages || context.Unit?.Unit == PriceUnit.Image;
        var parsed = PriceName.Parse(name, isOfImages);
        if (parsed.IsKnown)
        {
            Value(value, context.Enter(name, parsed));
            return;
        }

        // Zero is what gateways send for what they do not charge; and texts and containers are for others to know.
        var text = value.ValueKind == JsonValueKind.Number ? JsonRead.FromElement(value, JsonRead.Text) : null;
        var isMoney = text is not null && PriceNumber.Parse(text).Amount != 0;
        if (isMoney || value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            var unknown = context with { Path = $"{context.Path}.{Bounded(name)}", Item = null, Unit = null };
            AddIssue(unknown, "what it is the price of is not known");
        }
    }

    private void Amount(string? text, in PriceContext context)
    {
        var number = PriceNumber.Parse(text);
        if (number.Amount is not { } amount)
        {
            AddIssue(context, number.Reason!, isEmpty: string.IsNullOrWhiteSpace(text));
            return;
        }

        // "1.25 USD" states a currency and leaves the unit to what stands around it.
        var hasOwnUnit = number.Unit is { Unit: not null } or { Per: > 1 };
        var stated = hasOwnUnit ? number.Unit : context.Unit;
        var unit = Complete(stated ?? new PriceUnitText(null, 1, null, null), context);
        var item = number.Unit?.Item ?? context.Item ?? Implied(unit?.Unit);
        if (Problem(amount, unit, item, context, hasOwnUnit) is { } problem)
        {
            AddIssue(context with { Item = item }, problem);
            return;
        }

        var currency = number.Unit?.Currency ?? context.Currency ?? context.Unit?.Currency ?? _options.Currency;
        _rates.Add(new ModelRate(item!.Value, unit!.Value.Unit!.Value, amount, unit.Value.Per, currency)
        {
            MinInputTokens = context.MinInputTokens,
            MaxInputTokens = context.MaxInputTokens,
            Size = context.Size,
            Quality = context.Quality,
            Member = context.Path,
        });
    }

    private string? Problem(decimal amount, PriceUnitText? unit, PriceItem? item, in PriceContext context, bool hasOwnUnit)
    {
        if (!hasOwnUnit && context.UnitProblem is { } problem)
        {
            return problem;
        }

        if (context.CurrencyProblem is { } currency)
        {
            return currency;
        }

        if (unit is not { Unit: { } noun, Per: var per })
        {
            if (_kind.MakesText)
            {
                return "its unit is not stated: set ModelPriceOptions.UnstatedTokens if you know it";
            }

            return "its unit is not stated";
        }

        if (item is null)
        {
            return "it does not state whether it is for input or output";
        }

        var isImplausible = context.IsUnitOfFamily
            && noun == PriceUnit.Token
            && per == 1
            && amount >= HighestTokenPrice;

        if (isImplausible)
        {
            return "its unit is not stated, and it is too much for one token";
        }

        return null;
    }

    /// <summary>Fills in what a unit leaves open, such as <c>1M</c> of what; null when that is not known.</summary>
    private PriceUnitText? Complete(PriceUnitText unit, in PriceContext context)
    {
        if (unit.Unit is not null)
        {
            return unit;
        }

        if (context.Size is not null || context.Quality is not null)
        {
            return unit with { Unit = PriceUnit.Image };
        }

        if (!_kind.MakesText)
        {
            return null;
        }

        if (unit.Per > 1)
        {
            return unit with { Unit = PriceUnit.Token };
        }

        if (_options.UnstatedTokens is > 0 and var tokens)
        {
            return unit with { Unit = PriceUnit.Token, Per = tokens };
        }

        return null;
    }

    private PriceItem? Implied(PriceUnit? unit) => unit switch
    {
        PriceUnit.Character => PriceItem.Input,
        PriceUnit.Image when _kind is { MakesImages: true, MakesText: true } => null,
        PriceUnit.Image => _kind.MakesText ? PriceItem.Input : PriceItem.Output,
        PriceUnit.Second => _kind.MakesText ? PriceItem.Input : PriceItem.Output,
        PriceUnit.Call => PriceItem.Call,
        _ => null,
    };

    private void AddIssue(in PriceContext context, string reason, bool isEmpty = false)
    {
        if (_issues.Count < MaxIssues)
        {
            var unit = context.Unit?.Unit;
            _issues.Add(new PriceIssue(context.Path, reason, context.Item ?? Implied(unit), unit, isEmpty));
        }
    }

    private static string Bounded(string name)
    {
        if (name.Length > 40)
        {
            return $"{name.Substring(0, 40)}...";
        }

        return name;
    }
}
