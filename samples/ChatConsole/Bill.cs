using CCApi.Sdk.Models;

namespace ChatConsole;

/// <summary>What the answers reported that they used.</summary>
internal sealed class Bill
{
    /// <summary>Each turn of a model that calls tools is one.</summary>
    public int Calls { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>Null until one has told what it cost, which not every gateway does.</summary>
    public decimal? Credits { get; private set; }

    /// <summary>Those that told nothing, such as answers that were stopped. They may be charged still.</summary>
    public int Unreported { get; private set; }

    public void Add(Usage? usage)
    {
        Calls++;
        Unreported += usage is null ? 1 : 0;
        InputTokens += usage?.PromptTokens ?? 0;
        OutputTokens += usage?.CompletionTokens ?? 0;
        Credits = usage?.Cost is { } cost ? (Credits ?? 0) + cost : Credits;
    }

    /// <summary>In a few words, such as <c>12 + 30 tokens, 0.0001 credits</c>.</summary>
    public static string Describe(Usage? usage) => usage is null
        ? "tokens were not reported"
        : $"{usage.PromptTokens:#,0} + {usage.CompletionTokens:#,0} tokens{(usage.Cost is { } cost ? $", {cost:0.########} credits" : null)}";
}
