namespace CCApi.Sdk;

/// <summary>What the values of a member mean that arrive one after the other.</summary>
internal enum MergeMode
{
    /// <summary>Each is complete, and the last one counts; objects are merged.</summary>
    Complete,

    /// <summary>Lists are pieces, and so are texts that are known to arrive in pieces.</summary>
    Lists,

    /// <summary>Lists and texts are pieces, but for texts that are known to be complete.</summary>
    Texts,
}
