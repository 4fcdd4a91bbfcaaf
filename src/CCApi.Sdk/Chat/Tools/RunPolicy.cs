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

        if (tokens >= options.MaxTotalTokens)
        {
            return ChatRunEnd.TokenLimit;
        }

        return null;
    }

    /// <summary>Decides after the calls of a turn were run; null to continue.</summary>
    public static ChatRunEnd? AfterCalls(ChatRunOptions options, int failedTurnsInARow)
    {
        if (failedTurnsInARow > options.MaxConsecutiveErrors)
        {
            return ChatRunEnd.TooManyErrors;
        }

        return null;
    }
}
