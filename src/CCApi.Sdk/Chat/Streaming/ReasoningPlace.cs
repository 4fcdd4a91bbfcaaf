namespace CCApi.Sdk;

/// <summary>The members that reasoning arrives in; of several texts, that of the first is the reasoning of the response.</summary>
internal enum ReasoningPlace
{
    ReasoningContent,
    Reasoning,
    Parts,
    Details,
}
