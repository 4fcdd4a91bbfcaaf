using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>What a call cost, with all its attempts. Immutable and thread-safe.</summary>
/// <remarks>
/// The gateway reports it with speech (<c>credits_charged</c>, documented) and with chat (<c>usage.cost</c>, observed). Otherwise
/// it is computed from the price of the model, once the catalog was retrieved.
/// </remarks>
public sealed class CCApiCost
{
    /// <summary>Creates an unknown cost; set the properties that a test needs.</summary>
    public CCApiCost()
    {
    }

    /// <summary>Creates a cost.</summary>
    /// <param name="amount">The amount; null when it is not known.</param>
    /// <param name="currency">The unit of the amount: <c>USD</c> or <c>credits</c>.</param>
    /// <param name="source">Where the amount is from.</param>
    /// <param name="model">The model that was charged for; null when it is not known.</param>
    public CCApiCost(decimal? amount, string currency, CostSource source, string? model = null)
    {
        Amount = amount;
        Currency = currency;
        Source = source;
        Model = model;
    }

    /// <summary>The amount; null when it is not known.</summary>
    public decimal? Amount { get; init; }

    /// <summary>
    /// The unit of <see cref="Amount"/>: <c>USD</c>, or <c>credits</c> where the gateway reports credits and
    /// <see cref="CCApiClientOptions.CreditValue"/> is not set; another one where the gateway or the catalog states it.
    /// </summary>
    public string Currency { get; init; } = Currencies.Usd;

    /// <summary>Where the amount is from.</summary>
    public CostSource Source { get; init; }

    /// <summary>The model that was charged for; null when it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Whether more than <see cref="Amount"/> may have been charged: a failed attempt, or one of several calls, whose cost is not
    /// known.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>The cost of a call that nothing is known about.</summary>
    internal static CCApiCost Unknown { get; } = new();

    /// <summary>The cost of a call that only reads.</summary>
    internal static CCApiCost Free { get; } = new(0, Currencies.Usd, CostSource.Computed);

    /// <summary>The costs of several responses together.</summary>
    internal static CCApiCost Sum(IEnumerable<CCApiResponseInfo?> responses) =>
        responses.Aggregate((CCApiCost?)null, (sum, info) => Sum(sum, info?.Cost)) ?? Unknown;

    /// <summary>Two costs together; null when there is neither.</summary>
    internal static CCApiCost? Sum(CCApiCost? first, CCApiCost? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        // Amounts of different units have no sum: the later one stays.
        var isSummable = first.Amount is null
            || second.Amount is null
            || first.Currency == second.Currency;
        var (left, right) = isSummable ? (first.Amount, second.Amount) : (null, second.Amount);
        var known = right is null ? first : second;

        return new CCApiCost
        {
            Amount = left is { } one && right is { } other ? Money.Add(one, other) : left ?? right,
            Currency = known.Currency,
            Source = SourceOf(first, second),
            Model = second.Model ?? first.Model,
            IsPartial = first.IsPartial || second.IsPartial || left is null != right is null,
        };
    }

    /// <summary>Returns the cost in one line, such as <c>0.0021 USD (reported)</c>.</summary>
    public override string ToString()
    {
        if (Amount is not { } amount)
        {
            return "unknown";
        }

        var bound = IsPartial ? "at least " : null;

        return string.Format(CultureInfo.InvariantCulture, "{0}{1} {2} ({3})", bound, amount, Currency, NameOf(Source));
    }

    /// <summary>A sum that is computed in part is not reported.</summary>
    private static CostSource SourceOf(CCApiCost first, CCApiCost second)
    {
        if (first.Amount is null || first.Source == CostSource.Cache)
        {
            if (second.Amount is null)
            {
                return first.Source;
            }

            return second.Source;
        }

        var isOfFirst = second.Amount is null || second.Source is CostSource.Cache or CostSource.Reported;

        return isOfFirst ? first.Source : second.Source;
    }

    private static string NameOf(CostSource source) => source switch
    {
        CostSource.Reported => "reported",
        CostSource.Computed => "computed",
        CostSource.Cache => "from a cache",
        _ => "unknown source",
    };
}
