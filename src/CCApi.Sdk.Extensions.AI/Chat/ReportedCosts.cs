using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// The costs of the calls to CCAPI behind a response: a loop of function calls sends several, and each has its cost in the properties
/// of its message.
/// </summary>
internal sealed class ReportedCosts
{
    private readonly List<(decimal Amount, string Currency)?> _costs = [];

    /// <summary>Takes the properties of one message of a response, or of one update of a stream.</summary>
    public void Add(AdditionalPropertiesDictionary? properties)
    {
        if (properties is not null && properties.TryGetValue(CCApiAIProperties.Attempts, out var attempts))
        {
            _costs.Add(attempts is 1 ? CostOf(properties) : null);
        }
    }

    /// <summary>
    /// The sum; null when a call has no cost, has one in another currency, or was repeated: its failed attempts may have been charged.
    /// </summary>
    public decimal? AmountIn(string currency)
    {
        var isKnown = _costs.Count > 0 && _costs.TrueForAll(cost => cost?.Currency == currency);

        return isKnown ? _costs.Sum(cost => cost!.Value.Amount) : null;
    }

    private static (decimal Amount, string Currency)? CostOf(AdditionalPropertiesDictionary properties)
    {
        properties.TryGetValue(CCApiAIProperties.Cost, out var amount);
        properties.TryGetValue(CCApiAIProperties.CostCurrency, out var currency);
        if (amount is decimal known && currency is string unit)
        {
            return (known, unit);
        }

        return null;
    }
}
