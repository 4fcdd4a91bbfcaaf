namespace CCApi.Sdk;

/// <summary>Why a run ended.</summary>
public enum ChatRunEnd
{
    /// <summary>The model answered without asking for a tool.</summary>
    Completed = 0,

    /// <summary><see cref="ChatRunOptions.MaxTurns"/> was reached; the last calls were not run.</summary>
    MaxTurns,

    /// <summary><see cref="ChatRunOptions.MaxTotalTokens"/> was reached; the last calls were not run.</summary>
    TokenLimit,

    /// <summary>More turns in a row than <see cref="ChatRunOptions.MaxConsecutiveErrors"/> brought nothing but failed calls.</summary>
    TooManyErrors,
}
