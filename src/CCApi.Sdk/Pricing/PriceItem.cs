namespace CCApi.Sdk;

/// <summary>What a rate of a <see cref="ModelPrice"/> is charged for.</summary>
public enum PriceItem
{
    /// <summary>What is sent: prompt tokens, characters to synthesize, images or seconds that a model reads.</summary>
    Input,

    /// <summary>Prompt tokens that the provider read from its cache.</summary>
    CachedInput,

    /// <summary>Prompt tokens that the provider wrote into its cache.</summary>
    CacheWrite,

    /// <summary>What is generated: completion tokens, images, seconds of audio or video.</summary>
    Output,

    /// <summary>Completion tokens that were spent on reasoning.</summary>
    Reasoning,

    /// <summary>Prompt tokens of audio.</summary>
    InputAudio,

    /// <summary>Completion tokens of audio.</summary>
    OutputAudio,

    /// <summary>The call itself, whatever it contains.</summary>
    Call,
}
