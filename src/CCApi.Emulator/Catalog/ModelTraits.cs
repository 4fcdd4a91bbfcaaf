using System;

namespace CCApi.Emulator;

/// <summary>What a model can do beyond its type.</summary>
[Flags]
internal enum ModelTraits
{
    None = 0,

    /// <summary>It calls tools.</summary>
    Tools = 1,

    /// <summary>It sees images.</summary>
    Vision = 2,

    /// <summary>It answers in JSON of a given schema.</summary>
    Json = 4,

    /// <summary>It thinks before it answers.</summary>
    Reasoning = 8,

    /// <summary>It answers with a job instead of images.</summary>
    Async = 16,
}
