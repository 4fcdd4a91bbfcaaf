namespace CCApi.Sdk;

/// <summary>Why an answer is no value of the type that was asked for.</summary>
public enum StructuredOutputError
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>The model declined to answer.</summary>
    Refused,

    /// <summary>A content filter stopped the answer.</summary>
    Filtered,

    /// <summary>The answer ended before its time, at its limit of tokens or because the connection did.</summary>
    Truncated,

    /// <summary>The model answered twice with something that does not fit the type.</summary>
    Unreadable,
}
