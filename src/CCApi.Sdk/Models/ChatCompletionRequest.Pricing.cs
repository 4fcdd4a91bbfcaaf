using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Models;

/// <content>What bounds its cost.</content>
public sealed partial class ChatCompletionRequest : IPricedRequest
{
    // Which of them a gateway uses is not documented, and one that does not know the list takes the single model.
    IReadOnlyList<string> IPricedRequest.Candidates
    {
        get
        {
            if (AdditionalCount.IsSet(AdditionalProperties, "models") && Models is null)
            {
                return [];
            }

            string?[] all = [.. Models ?? [], Model];

            return [.. all.OfType<string>().Where(model => model.Length > 0).Distinct()];
        }
    }

    bool IPricedRequest.HasMedia => Sent.Any(HasMediaBeside) || Parts.Any(part => part.Type != ChatContentPartType.Text);

    long? IPricedRequest.InputImages => Parts.LongCount(part => part.Type == ChatContentPartType.ImageUrl);

    bool IPricedRequest.HasCompletion => true;

    // Of two maxima, the gateway may use either.
    long? IPricedRequest.MaxCompletionTokens
    {
        get
        {
            if (MaxCompletionTokens is { } completion && MaxTokens is { } tokens)
            {
                return Math.Max(completion, tokens);
            }

            return MaxCompletionTokens ?? MaxTokens;
        }
    }

    long IPricedRequest.Choices => Math.Max(1, N ?? AdditionalCount.Of(AdditionalProperties, "n") ?? 1);

    long? IPricedRequest.Images => null;

    string? IPricedRequest.ImageSize => null;

    string? IPricedRequest.ImageQuality => null;

    long? IPricedRequest.Characters => null;

    private IEnumerable<ChatMessage> Sent => Messages ?? [];

    private IEnumerable<ChatContentPart> Parts =>
        Sent.SelectMany(message => message?.Content?.Parts ?? []).OfType<ChatContentPart>();

    /// <summary>Whether a message refers to sound or images beside its content, as those of earlier responses do.</summary>
    private static bool HasMediaBeside(ChatMessage? message) =>
        AdditionalCount.IsSet(message?.AdditionalProperties, "audio")
        || AdditionalCount.IsSet(message?.AdditionalProperties, "images");
}
