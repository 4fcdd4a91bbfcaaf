using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Models;

/// <content>What bounds its cost.</content>
public sealed partial class ChatCompletionRequest : IPricedRequest
{
    IReadOnlyList<string> IPricedRequest.Candidates
    {
        get
        {
            if (Models is { Count: > 0 })
            {
                return Models;
            }

            return string.IsNullOrEmpty(Model) ? [] : [Model!];
        }
    }

    bool IPricedRequest.HasMedia => Parts.Any(part => part.Type != ChatContentPartType.Text);

    long? IPricedRequest.InputImages => Parts.LongCount(part => part.Type == ChatContentPartType.ImageUrl);

    bool IPricedRequest.HasCompletion => true;

    long? IPricedRequest.MaxCompletionTokens => MaxCompletionTokens ?? MaxTokens;

    long IPricedRequest.Choices => N is > 1 and var count ? count : 1;

    long? IPricedRequest.Images => null;

    string? IPricedRequest.ImageSize => null;

    string? IPricedRequest.ImageQuality => null;

    long? IPricedRequest.Characters => null;

    private IEnumerable<ChatContentPart> Parts => Messages.SelectMany(message => message.Content?.Parts ?? []);
}
