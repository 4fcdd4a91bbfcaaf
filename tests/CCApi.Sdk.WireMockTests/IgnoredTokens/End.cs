namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>What ends a call.</summary>
public enum End
{
    Total,
    Phase,
    Token,
    Dispose,
}
