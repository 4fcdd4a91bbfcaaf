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

    /// <summary>It follows a given JSON schema.</summary>
    Json = 4,

    /// <summary>It reasons before it responds.</summary>
    Reasoning = 8,

    /// <summary>It starts a job instead of returning images.</summary>
    Async = 16,
}
