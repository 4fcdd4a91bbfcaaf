using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The request for an answer of a type.</summary>
internal static class StructuredOutputRequest
{
    /// <param name="request">What the caller asks; it is not changed.</param>
    /// <param name="name">The name of the type.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isStrict">Whether the schema can be sent in strict mode.</param>
    /// <param name="format">How the model is told of the schema.</param>
    /// <param name="more">Messages that follow those of the caller.</param>
    public static ChatCompletionRequest Make(
        ChatCompletionRequest request, string name, JsonElement schema, bool isStrict, StructuredOutputFormat format, IReadOnlyList<ChatMessage> more)
    {
        var made = request.Copy();
        made.ResponseFormat = format switch
        {
            StructuredOutputFormat.Schema => new ChatResponseFormat
            {
                Type = ChatResponseFormatType.JsonSchema,
                JsonSchema = new ChatJsonSchema { Name = ToolName.Clean(name, "answer"), Strict = isStrict ? true : null, Schema = schema },
            },
            StructuredOutputFormat.Object => new ChatResponseFormat { Type = ChatResponseFormatType.JsonObject },
            _ => null,
        };
        made.Messages = [.. format == StructuredOutputFormat.Schema ? request.Messages : Told(request.Messages, schema), .. more];
        return made;
    }

    /// <summary>What the model is told when its answer cannot be read.</summary>
    public static ChatMessage Complaint(string problem) =>
        ChatMessage.User($"That answer cannot be used: {problem.TrimEnd('.')}. Answer again, with nothing but JSON that fits the schema.");

    /// <summary>After the instructions of the caller, which stay the first.</summary>
    private static IEnumerable<ChatMessage> Told(IReadOnlyList<ChatMessage> messages, JsonElement schema)
    {
        var instructions = messages.TakeWhile(message => message.Role == ChatRole.System || message.Role == ChatRole.Developer).Count();
        return messages.Take(instructions)
            .Append(ChatMessage.System($"Answer with nothing but JSON that fits this JSON schema: {schema.GetRawText()}"))
            .Concat(messages.Skip(instructions));
    }
}
