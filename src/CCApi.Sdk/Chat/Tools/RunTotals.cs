using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What the turns of a run used and cost so far.</summary>
internal sealed class RunTotals
{
    private CCApiCost? _cost;

    /// <summary>The usage; null when no response reports any.</summary>
    public Usage? Usage { get; private set; }

    /// <summary>All tokens that are known.</summary>
    public long Tokens => UsageTotal.Total(Usage) ?? 0;

    /// <summary>The cost of the responses.</summary>
    public CCApiCost Cost => _cost ?? CCApiCost.Unknown;

    /// <summary>The cost with that of a call that failed; null when there was none.</summary>
    public CCApiCost? CostWith(CCApiCost? failed) => CCApiCost.Sum(_cost, failed);

    public void Add(ChatCompletionResponse response)
    {
        Usage = UsageTotal.Add(Usage, response.Usage);
        _cost = CostWith(response.Info?.Cost);
    }
}
