namespace CCApi.Sdk.Models;

/// <summary>A response that may report what it cost, or what it is priced by.</summary>
internal interface ICostReport
{
    /// <summary>The model that was used; null when the response does not name it.</summary>
    string? Model { get; }

    /// <summary>The cost that the gateway reports; null when it reports none.</summary>
    ReportedCost? Cost { get; }

    /// <summary>The service tier that served the request; null when it is not reported.</summary>
    string? ServiceTier { get; }

    /// <summary>The tokens that were used; null when they are not reported.</summary>
    Usage? Usage { get; }

    /// <summary>The images that were generated; null when it is not a response with images.</summary>
    long? Images { get; }

    /// <summary>The characters that were synthesized; null when they are not reported.</summary>
    long? Characters { get; }

    /// <summary>The seconds of audio; null when they are not reported.</summary>
    double? Seconds { get; }
}
