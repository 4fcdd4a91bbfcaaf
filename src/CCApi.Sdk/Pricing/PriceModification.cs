namespace CCApi.Sdk;

/// <summary>What a member does to the prices beside it.</summary>
internal enum PriceModification
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It lowers them, so that they are still what a call costs at most.</summary>
    Lower,

    /// <summary>It may raise them.</summary>
    Any,
}
