namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>The calls that wait for code of the caller.</summary>
public enum Call
{
    Chat,
    Stream,
    SpeechStream,
    StartJob,
    PollJob,
    WaitJob,
    Send,
}
