using System.Collections.Generic;

namespace CCApi.Sdk.Models;

/// <content>What bounds its cost.</content>
public sealed partial class AudioSpeechRequest : IPricedRequest
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

    long? IPricedRequest.Images => null;

    string? IPricedRequest.ImageSize => null;

    string? IPricedRequest.ImageQuality => null;

    string? IPricedRequest.ServiceTier => ReportedTier.Find(AdditionalProperties);

    long? IPricedRequest.Characters => Input?.Length ?? 0;
}
