namespace CCApi.Sdk.Models;

public sealed partial class ChatContentPart
{
    internal static string? TextOf(ChatContentPart part)
    {
        if (IsReasoning(part))
        {
            return null;
        }

        return part.Text;
    }

    /// <summary>Reasoning is a member of its own or, from some gateways, as the text of a part of that type.</summary>
    internal static string? ReasoningOf(ChatContentPart part) =>
        part.Thinking?.Text ?? part.Reasoning ?? (IsReasoning(part) ? part.Text : null);

    // A part that was received as a bare string has no type yet; sent back without one it would be rejected.
    partial void OnRead()
    {
        if (Type is null && Text is not null)
        {
            Type = ChatContentPartType.Text;
        }
    }

    private static bool IsReasoning(ChatContentPart part) =>
        part.Type == ChatContentPartType.Thinking || part.Type == ChatContentPartType.Reasoning;
}
