namespace CCApi.Sdk;

/// <summary>Why a run ended.</summary>
public enum ChatRunEnd
{
    /// <summary>The model completed without calling a tool.</summary>
    Completed = 0,

    /// <summary><see cref="ChatRunOptions.MaxTurns"/> was reached; the last calls were not run.</summary>
    MaxTurns,

    /// <summary><see cref="ChatRunOptions.MaxTotalTokens"/> was reached; the last calls were not run.</summary>
    TokenLimit,

    /// <summary>More turns in a row than <see cref="ChatRunOptions.MaxConsecutiveErrors"/> had nothing but failed calls.</summary>
    TooManyErrors,
}
