namespace CCApi.Sdk.Json;

/// <summary>
/// A vocabulary or a union, which is a struct: its default value is empty and means that nothing was chosen, so it is not
/// written.
/// </summary>
internal interface IJsonValue : IJsonModel
{
    bool IsEmpty { get; }
}
