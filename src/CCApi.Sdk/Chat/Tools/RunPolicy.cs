namespace CCApi.Sdk;

/// <summary>Decides whether a run continues.</summary>
internal static class RunPolicy
{
    /// <summary>Decides after a turn of the model, before its calls are run; null to continue.</summary>
    public static ChatRunEnd? AfterTurn(ChatRunOptions options, int calls, int turns, long tokens)
    {
        if (calls == 0)
        {
            return ChatRunEnd.Completed;
        }

        if (turns >= options.MaxTurns)
        {
            return ChatRunEnd.MaxTurns;
        }

        return tokens >= options.MaxTotalTokens ? ChatRunEnd.TokenLimit : null;
    }

    /// <summary>Decides after the calls of a turn were run; null to continue.</summary>
    public static ChatRunEnd? AfterCalls(ChatRunOptions options, int failedTurnsInARow) =>
        failedTurnsInARow > options.MaxConsecutiveErrors ? ChatRunEnd.TooManyErrors : null;
}
