using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Models;

/// <content>What bounds its cost.</content>
public sealed partial class MultimodalImageGenerationRequest : IPricedRequest
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

    bool IPricedRequest.HasMedia => Contents?.Any(content => content?.Image is not null) == true;

    long? IPricedRequest.InputImages => Contents?.LongCount(content => content?.Image is not null);

    bool IPricedRequest.HasCompletion => false;

    long? IPricedRequest.MaxCompletionTokens => null;

    long IPricedRequest.Choices => 1;

    long? IPricedRequest.Images =>
        Parameters?.NumImages ?? AdditionalCount.Of(Parameters?.AdditionalProperties, "num_images") ?? 1;

    string? IPricedRequest.ImageSize
    {
        get
        {
            if (Parameters is { Width: { } width, Height: { } height })
            {
                return FormattableString.Invariant($"{width}x{height}");
            }

            return null;
        }
    }

    string? IPricedRequest.ImageQuality => Parameters?.Quality?.Value;

    string? IPricedRequest.ServiceTier => ReportedTier.Find(AdditionalProperties);

    long? IPricedRequest.Characters => null;
}
