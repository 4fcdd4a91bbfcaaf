using System;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>
/// A cost that a gateway reports as an object (observed): its total, else the sum of its parts, in the currency that it states.
/// </summary>
/// <param name="currency">The currency around the object; null when it is not known.</param>
internal ref struct CostParts(string? currency)
{
    // Objects whose total is an object again end there.
    private const int MaxDepth = 3;

    private string? _currency = currency;
    private decimal? _total;
    private decimal? _sum;
    private ReportedCost? _ofCurrency;
    private bool _hasTotal;
    private bool _hasOthers;

    /// <summary>Reads the amount, or the object with parts, that the reader is at; null when it is not a cost.</summary>
    public static ReportedCost? Read(ref Utf8JsonReader reader, string? currency, int depth = 0)
    {
        if (reader.TokenType == JsonTokenType.StartObject && depth < MaxDepth)
        {
            var parts = new CostParts(currency);
            parts.FindCurrency(reader);
            parts.ReadMembers(ref reader, depth);

            return parts.Cost;
        }

        if (currency is null)
        {
            return null;
        }

        return ReportedCost.Of(JsonRead.Decimal(ref reader), currency);
    }

    private readonly ReportedCost? Cost
    {
        get
        {
            if (_hasTotal && _currency is not null)
            {
                return ReportedCost.Of(_total, _currency);
            }

            if (_ofCurrency is not null)
            {
                return _ofCurrency;
            }

            // A number that is neither may belong to the cost or not: what cannot be known is not guessed.
            var isAmbiguous = _hasTotal || _hasOthers;
            if (isAmbiguous || _currency is null)
            {
                return null;
            }

            return ReportedCost.Of(_sum, _currency);
        }
    }

    private void ReadMembers(ref Utf8JsonReader reader, int depth)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            var (isTotal, isPart) = (IsTotal(name), IsPart(name));
            var named = isTotal || isPart ? null : Currencies.OfWord(Encoding.UTF8.GetString(name.ToArray()));
            reader.Read();
            if (isTotal)
            {
                ReadTotal(ref reader, depth);
            }
            else if (isPart)
            {
                ReadPart(ref reader);
            }
            else
            {
                ReadOther(ref reader, named);
            }

            reader.Skip();
        }
    }

    /// <summary>Finds the currency first, with a reader of its own: it may stand behind the amounts.</summary>
    private void FindCurrency(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCurrency = IsCurrency(JsonRead.MemberName(ref reader));
            reader.Read();
            if (isCurrency)
            {
                ReadCurrency(ref reader);
            }

            reader.Skip();
        }
    }

    private void ReadCurrency(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var text = JsonRead.Text(ref reader);
        if (text is not "")
        {
            _currency = text is null ? null : Currencies.Stated(text);
        }
    }

    private void ReadTotal(ref Utf8JsonReader reader, int depth)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        _hasTotal = true;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _total = JsonRead.Decimal(ref reader) ?? _total;
            return;
        }

        if (Read(ref reader, _currency, depth + 1) is { } nested)
        {
            (_total, _currency) = (nested.Amount, nested.Currency);
        }
    }

    private void ReadPart(ref Utf8JsonReader reader)
    {
        if (JsonRead.Decimal(ref reader) is { } part)
        {
            _sum = Money.Add(_sum ?? 0, part);
            return;
        }

        // Its amount is somewhere in it.
        _hasOthers |= reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
    }

    /// <param name="reader">The reader, at the value.</param>
    /// <param name="named">The currency that the name is; null for other names.</param>
    private void ReadOther(ref Utf8JsonReader reader, string? named)
    {
        if (JsonRead.Decimal(ref reader) is not { } amount)
        {
            return;
        }

        _hasOthers = true;

        // The same amount in several currencies counts in that of the gateway's bills.
        var isPreferred = _ofCurrency is null || named == Currencies.Usd;
        if (named is not null && isPreferred)
        {
            _ofCurrency = ReportedCost.Of(amount, named);
        }
    }

    private static bool IsCurrency(ReadOnlySpan<byte> name) => name.SequenceEqual("currency"u8) || name.SequenceEqual("unit"u8);

    private static bool IsTotal(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("total_cost"u8)
        || name.SequenceEqual("total"u8)
        || name.SequenceEqual("amount"u8);

    private static bool IsPart(ReadOnlySpan<byte> name) =>
        name.EndsWith("_cost"u8)
        || name.SequenceEqual("input"u8)
        || name.SequenceEqual("output"u8)
        || name.SequenceEqual("prompt"u8)
        || name.SequenceEqual("completion"u8)
        || name.SequenceEqual("request"u8);
}
