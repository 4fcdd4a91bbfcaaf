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
