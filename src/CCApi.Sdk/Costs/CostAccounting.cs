using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Computes what the calls of one client cost. Thread-safe.</summary>
/// <param name="creditValue">US dollars per credit; null when they are not known.</param>
internal sealed class CostAccounting(decimal? creditValue)
{
    /// <summary>The cost of a response.</summary>
    /// <param name="report">The response.</param>
    /// <param name="model">The model of its request; null when the gateway chose it.</param>
    public CCApiCost CostOf(ICostReport report, string? model)
    {
        var used = string.IsNullOrEmpty(report.Model) ? model : report.Model;
        if (report.Cost is not { } reported)
        {
            return used is null ? CCApiCost.Unknown : new CCApiCost { Model = used };
        }

        return reported.Currency == Currencies.Credits && creditValue is { } value
            ? new CCApiCost(Money.Multiply(reported.Amount, value), Currencies.Usd, CostSource.Reported, used)
            : new CCApiCost(reported.Amount, reported.Currency, CostSource.Reported, used);
    }
}
