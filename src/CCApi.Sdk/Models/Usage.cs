namespace CCApi.Sdk.Models;

public sealed partial class Usage : ITokenCounts
{
    /// <summary>The cost that the gateway reports, as a number or as an object with parts; null when it reports none.</summary>
    internal ReportedCost? ReportedCost
    {
        get
        {
            if (Cost is null)
            {
                return Models.ReportedCost.Find(AdditionalProperties);
            }

            if (Models.ReportedCost.CurrencyBeside(AdditionalProperties) is { } currency)
            {
                return Models.ReportedCost.Of(Cost, currency) ?? Models.ReportedCost.Find(AdditionalProperties);
            }

            return null;
        }
    }

    /// <summary>The prompt tokens that were written into a cache, as gateways of the family report them (observed).</summary>
    internal long? CacheWriteTokens
    {
        get
        {
            var ofPrompt = PromptTokensDetails?.AdditionalProperties;

            return AdditionalCount.Of(ofPrompt, "cached_creation_tokens")
                ?? AdditionalCount.Of(ofPrompt, "cache_write_tokens")
                ?? AdditionalCount.Of(ofPrompt, "cache_creation_tokens")
                ?? AdditionalCount.Of(AdditionalProperties, "cache_creation_input_tokens");
        }
    }

    long? ITokenCounts.Input => PromptTokens;

    long? ITokenCounts.Output => CompletionTokens;

    long? ITokenCounts.CachedInput => PromptTokensDetails?.CachedTokens;

    long? ITokenCounts.ReasoningOutput => CompletionTokensDetails?.ReasoningTokens;

    long? ITokenCounts.TextInput => PromptTokensDetails?.TextTokens;

    long? ITokenCounts.AudioInput => PromptTokensDetails?.AudioTokens;

    long? ITokenCounts.ImageInput => PromptTokensDetails?.ImageTokens;

    long? ITokenCounts.TextOutput => CompletionTokensDetails?.TextTokens;

    long? ITokenCounts.AudioOutput => CompletionTokensDetails?.AudioTokens;

    long? ITokenCounts.ImageOutput => CompletionTokensDetails?.ImageTokens;
}
