using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Reads a whole response: one message of each choice.</summary>
internal static class ResponseReader
{
    public static ChatResponse Read(Wire.ChatCompletionResponse response)
    {
        var id = IdOf(response);
        var properties = ResponseProperties.Of(response);
        var messages = ChoicesOf(response).Select((choice, number) => ReadMessage(response, choice, number, id)).ToList();
        if (messages.Count > 0)
        {
            messages[0].AdditionalProperties = Merge(messages[0].AdditionalProperties, properties);
        }

        return new ChatResponse(messages)
        {
            ResponseId = id,
            ModelId = response.Model,
            CreatedAt = response.CreatedAt,
            FinishReason = FinishReasonOf(response.FinishReason),
            Usage = UsageReader.Read(response.Usage),
            AdditionalProperties = properties,
            RawRepresentation = response,
        };
    }

    /// <summary>The id of the response; a new one when the gateway gave none, because ids of messages and calls build on it.</summary>
    public static string IdOf(Wire.ChatCompletionResponse response) =>
        string.IsNullOrEmpty(response.Id) ? Guid.NewGuid().ToString("N") : response.Id!;

    /// <summary>The choices, the first one first, wherever it stands.</summary>
    public static IEnumerable<Wire.ChatCompletionChoice> ChoicesOf(Wire.ChatCompletionResponse response)
    {
        var first = response.Message;
        return (response.Choices ?? []).OrderBy(choice => !ReferenceEquals(choice.Message, first));
    }

    public static string MessageIdOf(string responseId, int number) =>
        number == 0 ? responseId : FormattableString.Invariant($"{responseId}-{number}");

    public static ChatRole RoleOf(Wire.ChatMessage? message) =>
        message?.Role?.Value is { } role && !string.IsNullOrWhiteSpace(role) ? new ChatRole(role) : ChatRole.Assistant;

    public static ChatFinishReason? FinishReasonOf(Wire.FinishReason? reason)
    {
        if (reason is not { } known || string.IsNullOrWhiteSpace(known.Value))
        {
            return null;
        }

        return known == Wire.FinishReason.FunctionCall ? ChatFinishReason.ToolCalls : new ChatFinishReason(known.Value);
    }

    public static ChatMessage ReadMessage(
        Wire.ChatCompletionResponse response, Wire.ChatCompletionChoice choice, int number, string responseId)
    {
        var messageId = MessageIdOf(responseId, number);
        var isAtLimit = TruncatedResponse.IsAtLimit(choice.FinishReason);

        return new ChatMessage(RoleOf(choice.Message), ContentReader.Read(choice.Message, messageId, isAtLimit))
        {
            MessageId = messageId,
            CreatedAt = response.CreatedAt,
            RawRepresentation = choice,
            AdditionalProperties = WireMembers.Keep(MediaMembers.WithoutBytes(choice.Message?.AdditionalProperties)),
        };
    }

    /// <summary>A new dictionary of both; the second wins.</summary>
    public static AdditionalPropertiesDictionary Merge(AdditionalPropertiesDictionary? first, AdditionalPropertiesDictionary second)
    {
        var merged = first?.Clone() ?? [];
        foreach (var property in second)
        {
            merged[property.Key] = property.Value;
        }

        return merged;
    }
}
