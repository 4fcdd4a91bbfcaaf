using CCApi.Sdk.Models;

namespace ChatConsole;

/// <summary>The usage that the responses reported.</summary>
internal sealed class Bill
{
    /// <summary>Each turn of a model that calls tools is one.</summary>
    public int Calls { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>Null until one has reported its cost, which not every gateway does.</summary>
    public decimal? Credits { get; private set; }

    /// <summary>Those that reported nothing, such as responses that were stopped. They may be charged still.</summary>
    public int Unreported { get; private set; }

    public void Add(Usage? usage)
    {
        Calls++;
        if (usage is null)
        {
            Unreported++;
            return;
        }

        InputTokens += usage.PromptTokens ?? 0;
        OutputTokens += usage.CompletionTokens ?? 0;
        if (usage.Cost is { } cost)
        {
            Credits = (Credits ?? 0) + cost;
        }
    }

    /// <summary>In a few words, such as <c>12 + 30 tokens, 0.0001 credits</c>.</summary>
    public static string Describe(Usage? usage)
    {
        if (usage is null)
        {
            return "tokens were not reported";
        }

        var tokens = $"{usage.PromptTokens:#,0} + {usage.CompletionTokens:#,0} tokens";
        return usage.Cost is { } cost ? $"{tokens}, {cost:0.########} credits" : tokens;
    }
}
