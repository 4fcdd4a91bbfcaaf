using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Moves thoughts between tags from the content of a message to its reasoning.</summary>
internal static class ThinkTags
{
    /// <summary>In an answer that has come whole.</summary>
    public static ChatCompletionResponse Separate(ChatCompletionResponse response)
    {
        foreach (var choice in response.Choices ?? [])
        {
            if (choice.Message is { } message)
            {
                Separate(message);
            }
        }

        return response;
    }

    public static void Separate(ChatMessage message)
    {
        if (TextOf(message.Content) is not { } text)
        {
            return;
        }

        var splitter = new ThinkSplitter();
        var (thoughts, answer) = Join(splitter.Add(text), End(splitter));
        message.ReasoningContent = thoughts is null ? message.ReasoningContent : message.ReasoningContent + thoughts;
        message.Content = answer ?? "";
    }

    /// <summary>In a piece of a choice.</summary>
    /// <param name="delta">The piece.</param>
    /// <param name="splitter">What knows the pieces before.</param>
    /// <param name="isLast">Whether the choice ends with it.</param>
    public static void Separate(ChatCompletionDelta delta, ThinkSplitter splitter, bool isLast)
    {
        var text = TextOf(delta.Content);
        if (text is null && !isLast)
        {
            return;
        }

        var split = splitter.Add(text ?? "");
        var (thoughts, answer) = isLast ? Join(split, End(splitter)) : split;
        delta.ReasoningContent = thoughts is null ? delta.ReasoningContent : delta.ReasoningContent + thoughts;
        delta.Content = answer is null && text is null ? delta.Content : answer;
    }

    /// <summary>What was held back. Reasoning without a text after it leaves an empty text, in a stream as in a plain response.</summary>
    public static (string? Thoughts, string? Answer) End(ThinkSplitter splitter)
    {
        var isWithoutText = splitter.IsWithoutText;
        var (thoughts, answer) = splitter.End();
        return (thoughts, isWithoutText ? answer ?? "" : answer);
    }

    private static (string? Thoughts, string? Answer) Join((string? Thoughts, string? Answer) first, (string? Thoughts, string? Answer) next) =>
        (next.Thoughts is null ? first.Thoughts : first.Thoughts + next.Thoughts, next.Answer is null ? first.Answer : first.Answer + next.Answer);

    /// <summary>Content in parts says itself which part is reasoning.</summary>
    private static string? TextOf(ChatMessageContent? content) => content is { Parts: null } text ? text.Text : null;
}
