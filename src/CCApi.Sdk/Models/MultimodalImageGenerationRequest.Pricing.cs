using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Models;

/// <content>What bounds its cost.</content>
public sealed partial class MultimodalImageGenerationRequest : IPricedRequest
{
    IReadOnlyList<string> IPricedRequest.Candidates => Model is { Length: > 0 } model ? [model] : [];

    bool IPricedRequest.HasMedia => Contents?.Any(content => content.Image is not null) == true;

    long? IPricedRequest.InputImages => Contents?.LongCount(content => content.Image is not null);

    bool IPricedRequest.HasCompletion => false;

    long? IPricedRequest.MaxCompletionTokens => null;

    long IPricedRequest.Choices => 1;

    long? IPricedRequest.Images => Parameters?.NumImages ?? 1;

    string? IPricedRequest.ImageSize =>
        Parameters is { Width: { } width, Height: { } height } ? FormattableString.Invariant($"{width}x{height}") : null;

    string? IPricedRequest.ImageQuality => Parameters?.Quality?.Value;

    long? IPricedRequest.Characters => null;
}
