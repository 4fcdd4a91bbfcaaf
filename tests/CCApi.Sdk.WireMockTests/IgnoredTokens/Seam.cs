namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>Code of the caller that an attempt waits for.</summary>
public enum Seam
{
    KeyProvider,
    Limiter,
    Strategy,
    Reserve,
    MarkSent,
    Handler,
    Content,
    OpeningBody,
    Body,
    ErrorBody,
    StrategyAfter,
}
