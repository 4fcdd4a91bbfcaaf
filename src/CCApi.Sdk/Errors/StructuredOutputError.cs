namespace CCApi.Sdk;

/// <summary>Why a response is not a value of the requested type.</summary>
public enum StructuredOutputError
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>The model declined to respond.</summary>
    Refused,

    /// <summary>A content filter stopped the response.</summary>
    Filtered,

    /// <summary>The response was truncated, by its limit of tokens or because the connection ended.</summary>
    Truncated,

    /// <summary>The model responded twice with something that does not match the type.</summary>
    Unreadable,
}
