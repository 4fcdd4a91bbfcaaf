namespace CCApi.Sdk;

/// <summary>The tokens that a call used, as the gateway reported them; null for what it did not report.</summary>
internal interface ITokenCounts
{
    /// <summary>All input tokens, cached ones included.</summary>
    long? Input { get; }

    /// <summary>All output tokens, those of reasoning included.</summary>
    long? Output { get; }

    long? CachedInput { get; }

    long? ReasoningOutput { get; }

    long? TextInput { get; }

    long? AudioInput { get; }

    long? ImageInput { get; }

    long? TextOutput { get; }

    long? AudioOutput { get; }

    long? ImageOutput { get; }
}
