namespace CCApi.Sdk.Fuzz;

/// <summary>What a request is about.</summary>
internal enum RequestKind
{
    Chat = 0,
    ChatStream,
    Speech,
    Image,
    Job,
    Models,
}
