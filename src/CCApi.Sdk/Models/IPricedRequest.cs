using System.Collections.Generic;

namespace CCApi.Sdk.Models;

/// <summary>A request that may cost something: what its cost at most is computed from.</summary>
internal interface IPricedRequest
{
    /// <summary>Every model that may serve it; empty when the gateway chooses one.</summary>
    IReadOnlyList<string> Candidates { get; }

    /// <summary>Whether it has images, audio or files as input, whose tokens the size of the request does not bound.</summary>
    bool HasMedia { get; }

    /// <summary>The images that the model reads; null for none.</summary>
    long? InputImages { get; }

    /// <summary>Whether the response has completion tokens.</summary>
    bool HasCompletion { get; }

    /// <summary>The completion tokens of one choice at most; null when the request does not limit them.</summary>
    long? MaxCompletionTokens { get; }

    /// <summary>How many choices of a completion are requested.</summary>
    long Choices { get; }

    /// <summary>The images to generate; null for none.</summary>
    long? Images { get; }

    /// <summary>Their size, such as <c>1024x1024</c>; null when it is not set.</summary>
    string? ImageSize { get; }

    /// <summary>Their quality; null when it is not set.</summary>
    string? ImageQuality { get; }

    /// <summary>The service tier that it requests; null when it is not set.</summary>
    string? ServiceTier { get; }

    /// <summary>The characters to synthesize; null for none.</summary>
    long? Characters { get; }
}
