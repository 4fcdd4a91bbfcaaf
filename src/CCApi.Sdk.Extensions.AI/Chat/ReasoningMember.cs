namespace CCApi.Sdk.Extensions.AI;

/// <summary>The members of a message that reasoning is received in. It goes back in the one that it came in.</summary>
internal static class ReasoningMember
{
    /// <summary>The name under which a content's additional properties keep the member.</summary>
    public const string Key = "ccapi.reasoning_member";

    public const string ReasoningContent = "reasoning_content";

    public const string Reasoning = "reasoning";

    public const string Parts = "content";

    public const string Details = "reasoning_details";
}
