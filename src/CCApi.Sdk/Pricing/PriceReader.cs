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

    private readonly ModelPriceOptions _options;
    private readonly PriceModelKind _kind;
    private readonly PriceInference _inference;
    private readonly List<ModelRate> _rates = [];
    private readonly List<PriceIssue> _issues = [];
    private int _values;

    private PriceReader(PriceModelKind kind, ModelPriceOptions options)
    {
        _kind = kind;
        _options = options;
        _inference = new PriceInference(kind, options);
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
        var context = PriceLabels.Read(source.Beside, new PriceContext(source.Path));
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
            Known(value, context, context.Enter(name, parsed), parsed);
            return;
        }

        var unknown = context with { Path = $"{context.Path}.{Bounded(name)}", Item = null, Unit = null };
        if (PriceModifiers.IssueOf(unknown.Path, name, value) is { } modifier)
        {
            AddIssue(modifier);
            return;
        }

        if (parsed.IsOfImageTokens && !IsZero(value))
        {
            AddIssue(PriceIssue.OfImageTokens(unknown.Path, "prices of image tokens are not read", parsed.Item));
            return;
        }

        // Zero is what gateways send for what they do not charge; and texts and containers are for others to know.
        var text = value.ValueKind == JsonValueKind.Number ? JsonRead.FromElement(value, JsonRead.Text) : null;
        var isMoney = text is not null && PriceNumber.Parse(text).Amount != 0;
        if (isMoney || value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            AddIssue(unknown, "what it is the price of is not known");
        }
    }

    /// <summary>Reads the prices of a member whose name is understood.</summary>
    private void Known(JsonElement value, in PriceContext outer, in PriceContext context, PriceName name)
    {
        var isOfTokens = outer.Unit?.Unit == PriceUnit.Token || (outer.Unit is null && _kind.MakesText);
        if (name.IsImageAssumed && isOfTokens)
        {
            if (!IsZero(value))
            {
                AddIssue(PriceIssue.OfImageTokens(context.Path, PriceContext.ImageOrToken, context.Item));
            }

            return;
        }

        Value(value, context);
    }

    private static bool IsZero(JsonElement value)
    {
        var isNumeric = value.ValueKind is JsonValueKind.Number or JsonValueKind.String;

        return isNumeric && PriceNumber.Parse(JsonRead.FromElement(value, JsonRead.Text)).Amount == 0;
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
        var unit = _inference.Complete(stated ?? new PriceUnitText(null, 1, null, null), context);
        var item = number.Unit?.Item ?? context.Item ?? _inference.Implied(unit?.Unit);
        var currency = number.Unit?.Currency ?? context.Currency ?? context.Unit?.Currency ?? _options.Currency;
        if (_inference.Problem(amount, unit, item, currency, context, hasOwnUnit) is { } problem)
        {
            AddIssue(context with { Item = item }, problem);
            return;
        }

        var rate = new ModelRate(item!.Value, unit!.Value.Unit!.Value, amount, unit.Value.Per, currency)
        {
            MinInputTokens = context.MinInputTokens,
            MaxInputTokens = context.MaxInputTokens,
            Size = unit.Value.Unit == PriceUnit.Image ? context.Size : null,
            Quality = unit.Value.Unit == PriceUnit.Image ? context.Quality : null,
            Member = context.Path,
        };

        if (!PriceInference.IsNotChargedApart(rate, context))
        {
            _rates.Add(rate);
        }
    }

    private void AddIssue(in PriceContext context, string reason, bool isEmpty = false)
    {
        var unit = context.Unit?.Unit;
        AddIssue(new PriceIssue(context.Path, reason, context.Item ?? _inference.Implied(unit), unit, isEmpty));
    }

    private void AddIssue(PriceIssue issue)
    {
        // What makes other prices unknown must not be lost among what nobody needs.
        var isNeeded = issue.IsOfOthers && !_issues.Exists(issue.IsLike);
        if (_issues.Count < MaxIssues || isNeeded)
        {
            _issues.Add(issue);
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
