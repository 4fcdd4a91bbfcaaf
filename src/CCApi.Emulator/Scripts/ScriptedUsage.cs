namespace CCApi.Emulator;

/// <summary>The usage that a scripted response reports.</summary>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="CompletionTokens">Tokens of the completion, reasoning included.</param>
/// <param name="CachedTokens">Tokens of the prompt that came from a cache.</param>
/// <param name="ReasoningTokens">Tokens of the reasoning.</param>
/// <param name="Cost">The credits; null computes them from the price of the model, which is 0 for unknown models.</param>
public sealed record ScriptedUsage(
    int PromptTokens,
    int CompletionTokens,
    int CachedTokens = 0,
    int ReasoningTokens = 0,
    decimal? Cost = null);
