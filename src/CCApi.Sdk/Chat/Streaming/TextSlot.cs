namespace CCApi.Sdk;

/// <summary>The members of a delta that a stream's text comes in.</summary>
internal enum TextSlot
{
    Content,
    ReasoningContent,
    Reasoning,
}
