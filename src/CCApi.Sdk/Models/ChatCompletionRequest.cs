using System.Linq;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionRequest : IModelChoice
{
    /// <remarks>With several models the gateway chooses.</remarks>
    string? IModelChoice.Model => Models is { Count: > 0 } ? null : Model;

    /// <summary>What is expected of the response, for its span; null for nothing.</summary>
    internal IResponseCheck? Check { get; set; }

    /// <summary>
    /// The request as it is sent: no message has an empty list of tool calls, which gateways send with a response but reject in the
    /// history of a request.
    /// </summary>
    internal ChatCompletionRequest ToSent()
    {
        var hasEmptyList = false;
        for (var i = 0; i < Messages?.Count && !hasEmptyList; i++)
        {
            hasEmptyList = Messages[i]?.ToolCalls is { Count: 0 };
        }

        if (!hasEmptyList)
        {
            return this;
        }

        var copy = Copy();
        copy.Messages = [.. Messages!.Select(message => message?.ToolCalls is { Count: 0 } ? message.With(toolCalls: null) : message!)];

        return copy;
    }

    /// <summary>A copy that asks for a stream and, unless the caller decided it, for the usage at its end.</summary>
    internal ChatCompletionRequest ToStreamed()
    {
        var copy = ToSent().Copy();
        copy.Stream = true;
        copy.StreamOptions = StreamOptions is null
            ? new ChatStreamOptions { IncludeUsage = true }
            : new ChatStreamOptions
            {
                IncludeUsage = StreamOptions.IncludeUsage ?? true,
                AdditionalProperties = StreamOptions.AdditionalProperties,
            };

        return copy;
    }

    IJsonModel IModelChoice.With(string model)
    {
        var copy = Copy();
        copy.Model = model;

        return copy;
    }

    internal ChatCompletionRequest Copy() => (ChatCompletionRequest)MemberwiseClone();
}
