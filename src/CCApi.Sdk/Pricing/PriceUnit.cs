namespace CCApi.Sdk;

/// <summary>The unit in which a rate of a <see cref="ModelPrice"/> counts.</summary>
public enum PriceUnit
{
    /// <summary>Tokens.</summary>
    Token,

    /// <summary>Characters of a text to synthesize.</summary>
    Character,

    /// <summary>Images.</summary>
    Image,

    /// <summary>Seconds of audio or video.</summary>
    Second,

    /// <summary>Calls, jobs or files, whatever their size.</summary>
    Call,
}
