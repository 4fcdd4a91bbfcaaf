namespace CCApi.Sdk.Fuzz;

/// <summary>What a caller does with the client.</summary>
internal enum CallerKind
{
    Plain = 0,
    Chunks,
    Text,
    ReasoningThenText,
    Updates,
    Response,
    Tools,
    StreamedTools,
    Speech,
    SpeechStream,
    WaitForJob,
    WatchJob,
    ListModels,
    EnumerateModels,
}
