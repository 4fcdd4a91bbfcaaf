namespace CCApi.Sdk;

/// <summary>
/// What a call used, or will use, in the units that models are priced in. Null means not known, except where a member says
/// otherwise.
/// </summary>
public sealed class PricedUsage
{
    /// <summary>The prompt tokens, the cached ones included.</summary>
    public long? PromptTokens { get; set; }

    /// <summary>Those of the prompt tokens that the provider read from its cache; null for none.</summary>
    public long? CachedTokens { get; set; }

    /// <summary>Those of the prompt tokens that the provider wrote into its cache; null for none.</summary>
    public long? CacheWriteTokens { get; set; }

    /// <summary>Those of the prompt tokens that are audio; null for none.</summary>
    public long? InputAudioTokens { get; set; }

    /// <summary>The completion tokens, those of reasoning included.</summary>
    public long? CompletionTokens { get; set; }

    /// <summary>Those of the completion tokens that were spent on reasoning; null for none.</summary>
    public long? ReasoningTokens { get; set; }

    /// <summary>Those of the completion tokens that are audio; null for none.</summary>
    public long? OutputAudioTokens { get; set; }

    /// <summary>The images that are sent to a model that reads them; null for none.</summary>
    public long? InputImages { get; set; }

    /// <summary>The images that are generated.</summary>
    public long? Images { get; set; }

    /// <summary>The size of the generated images, such as <c>1024x1024</c>.</summary>
    public string? ImageSize { get; set; }

    /// <summary>The quality of the generated images, such as <c>hd</c>.</summary>
    public string? ImageQuality { get; set; }

    /// <summary>The characters of the text to synthesize.</summary>
    public long? Characters { get; set; }

    /// <summary>The seconds of audio or video.</summary>
    public decimal? Seconds { get; set; }

    /// <summary>The calls, for models that are priced by the call.</summary>
    /// <value>The default is 1.</value>
    public long Calls { get; set; } = 1;

    /// <summary>The service tier that served the request, or that it requests; null when it is not known.</summary>
    internal string? ServiceTier { get; set; }

    /// <summary>Those of the prompt tokens that are of images; null for none.</summary>
    internal long? InputImageTokens { get; set; }

    /// <summary>Those of the completion tokens that are of images; null for none.</summary>
    internal long? OutputImageTokens { get; set; }

    /// <summary>Whether tokens of images are used, or may be.</summary>
    /// <param name="side">Input or output; null for either.</param>
    /// <param name="isAtMost">Whether they are when they may be.</param>
    internal bool HasImageTokens(PriceItem? side, bool isAtMost)
    {
        var hasInput = InputImageTokens > 0 || (isAtMost && InputImages > 0);
        var hasOutput = OutputImageTokens > 0 || (isAtMost && CompletionTokens is not 0);

        return side switch
        {
            PriceItem.Input => hasInput,
            PriceItem.Output => hasOutput,
            _ => hasInput || hasOutput,
        };
    }

    /// <summary>Why there can be no such usage; null when there can.</summary>
    internal string? Problem
    {
        get
        {
            if (HasNegative)
            {
                return "the usage has a negative number";
            }

            // Some providers count these beside the total instead of within it; which one a gateway passes on is not known.
            var partsOfInput = (decimal)(CachedTokens ?? 0) + (CacheWriteTokens ?? 0) + (InputAudioTokens ?? 0);
            if (partsOfInput > PromptTokens)
            {
                return "the usage has more cached or audio tokens than prompt tokens";
            }

            var partsOfOutput = (decimal)(ReasoningTokens ?? 0) + (OutputAudioTokens ?? 0);
            if (partsOfOutput > CompletionTokens)
            {
                return "the usage has more reasoning or audio tokens than completion tokens";
            }

            return null;
        }
    }

    private bool HasNegative => this is { PromptTokens: < 0 } or { CachedTokens: < 0 } or { CacheWriteTokens: < 0 }
        or { InputAudioTokens: < 0 } or { CompletionTokens: < 0 } or { ReasoningTokens: < 0 } or { OutputAudioTokens: < 0 }
        or { InputImages: < 0 } or { Images: < 0 } or { Characters: < 0 } or { Seconds: < 0 } or { Calls: < 0 };

    /// <summary>Creates the usage of a chat completion.</summary>
    /// <param name="promptTokens">The prompt tokens.</param>
    /// <param name="completionTokens">The completion tokens.</param>
    public static PricedUsage ForTokens(long promptTokens, long completionTokens) =>
        new() { PromptTokens = promptTokens, CompletionTokens = completionTokens };

    /// <summary>Creates the usage of an image generation.</summary>
    /// <param name="images">The images.</param>
    /// <param name="size">Their size; null when it is not known.</param>
    /// <param name="quality">Their quality; null when it is not known.</param>
    public static PricedUsage ForImages(long images, string? size = null, string? quality = null) =>
        new() { Images = images, ImageSize = size, ImageQuality = quality };

    /// <summary>Creates the usage of a speech synthesis.</summary>
    /// <param name="characters">The characters of the text.</param>
    public static PricedUsage ForCharacters(long characters) => new() { Characters = characters };
}
