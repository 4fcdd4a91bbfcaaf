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
            var hasAdditionalModel = Model is null && AdditionalCount.IsSet(AdditionalProperties, "model");
            var hasAdditionalModels = Models is null && AdditionalCount.IsSet(AdditionalProperties, "models");
            if (hasAdditionalModel || hasAdditionalModels)
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
            var completion = MaxCompletionTokens ?? AdditionalCount.Of(AdditionalProperties, "max_completion_tokens");
            var tokens = MaxTokens ?? AdditionalCount.Of(AdditionalProperties, "max_tokens");
            if (completion is { } first && tokens is { } second)
            {
                return Math.Max(first, second);
            }

            return completion ?? tokens;
        }
    }

    long IPricedRequest.Choices => Math.Max(1, N ?? AdditionalCount.Of(AdditionalProperties, "n") ?? 1);

    long? IPricedRequest.Images => null;

    string? IPricedRequest.ImageSize => null;

    string? IPricedRequest.ImageQuality => null;

    string? IPricedRequest.ServiceTier => ReportedTier.Find(AdditionalProperties);

    long? IPricedRequest.Characters => null;

    private IEnumerable<ChatMessage> Sent => Messages ?? [];

    private IEnumerable<ChatContentPart> Parts =>
        Sent.SelectMany(message => message?.Content?.Parts ?? []).OfType<ChatContentPart>();

    /// <summary>Whether a message refers to sound or images beside its content, as those of earlier responses do.</summary>
    private static bool HasMediaBeside(ChatMessage? message) =>
        AdditionalCount.IsSet(message?.AdditionalProperties, "audio")
        || AdditionalCount.IsSet(message?.AdditionalProperties, "images");
}
