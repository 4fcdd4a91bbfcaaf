using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Moves the text between think tags from the content of a message to its reasoning.</summary>
internal static class ThinkTags
{
    /// <summary>In a complete response.</summary>
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
        var (reasoning, rest) = Join(splitter.Add(text), End(splitter));
        message.ReasoningContent = Join(message.ReasoningContent, reasoning);
        message.Content = rest ?? "";
    }

    /// <summary>In a piece of a choice.</summary>
    /// <param name="delta">The piece.</param>
    /// <param name="splitter">What knows the pieces before.</param>
    /// <param name="isLast">Whether the choice ends with it.</param>
    public static void Separate(ChatCompletionDelta delta, ThinkSplitter splitter, bool isLast)
    {
        var text = TextOf(delta.Content);
        var split = splitter.Add(text ?? "");
        var (reasoning, rest) = isLast ? Join(split, End(splitter)) : split;
        delta.ReasoningContent = Join(delta.ReasoningContent, reasoning);

        var isContentTouched = rest is not null || text is not null;
        if (isContentTouched)
        {
            delta.Content = rest;
        }
    }

    /// <summary>What was held back. Reasoning without a text after it leaves an empty text, in a stream as in a plain response.</summary>
    public static (string? Reasoning, string? Text) End(ThinkSplitter splitter)
    {
        var isWithoutText = splitter.IsWithoutText;
        var (reasoning, rest) = splitter.End();

        return (reasoning, isWithoutText ? rest ?? "" : rest);
    }

    private static (string? Reasoning, string? Text) Join(
        (string? Reasoning, string? Text) first, (string? Reasoning, string? Text) next) =>
        (Join(first.Reasoning, next.Reasoning), Join(first.Text, next.Text));

    private static string? Join(string? first, string? next)
    {
        if (next is null)
        {
            return first;
        }

        return first + next;
    }

    /// <summary>Content in parts says itself which part is reasoning.</summary>
    private static string? TextOf(ChatMessageContent? content) =>
        content is { Parts: null } text ? text.Text : null;
}
