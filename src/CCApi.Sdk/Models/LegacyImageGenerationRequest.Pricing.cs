using System.Collections.Generic;

namespace CCApi.Sdk.Models;

/// <content>What bounds its cost.</content>
public sealed partial class LegacyImageGenerationRequest : IPricedRequest
{
    IReadOnlyList<string> IPricedRequest.Candidates
    {
        get
        {
            if (Model is { Length: > 0 } model)
            {
                return [model];
            }

            return [];
        }
    }

    bool IPricedRequest.HasMedia => false;

    long? IPricedRequest.InputImages => null;

    bool IPricedRequest.HasCompletion => false;

    long? IPricedRequest.MaxCompletionTokens => null;

    long IPricedRequest.Choices => 1;

    long? IPricedRequest.Images => N ?? AdditionalCount.Of(AdditionalProperties, "n") ?? 1;

    string? IPricedRequest.ImageSize => Size;

    string? IPricedRequest.ImageQuality => Quality?.Value;

    string? IPricedRequest.ServiceTier => ReportedTier.Find(AdditionalProperties);

    long? IPricedRequest.Characters => null;
}
