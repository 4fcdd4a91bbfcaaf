using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Creates the request for a completion that is read as a .NET type.</summary>
internal static class StructuredOutputRequest
{
    /// <param name="request">The caller's request; it is not changed.</param>
    /// <param name="name">The name of the type.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isStrict">Whether the schema can be sent in strict mode.</param>
    /// <param name="format">How the schema is sent.</param>
    /// <param name="corrections">Messages after those of the caller: responses that could not be read, and what corrects them.</param>
    public static ChatCompletionRequest Create(
        ChatCompletionRequest request,
        string name,
        JsonElement schema,
        bool isStrict,
        StructuredOutputFormat format,
        IReadOnlyList<ChatMessage> corrections)
    {
        var created = request.Copy();
        created.ResponseFormat = format switch
        {
            StructuredOutputFormat.Schema => new ChatResponseFormat
            {
                Type = ChatResponseFormatType.JsonSchema,
                JsonSchema = new ChatJsonSchema
                {
                    Name = ToolName.Clean(name, "response"),
                    Strict = isStrict ? true : null,
                    Schema = schema,
                },
            },
            StructuredOutputFormat.Object => new ChatResponseFormat { Type = ChatResponseFormatType.JsonObject },
            _ => null,
        };

        var isSchemaInFormat = format == StructuredOutputFormat.Schema;
        var messages = isSchemaInFormat ? request.Messages : WithSchema(request.Messages, schema);
        created.Messages = [.. messages, .. corrections];

        return created;
    }

    /// <summary>The message that corrects a response that cannot be read.</summary>
    public static ChatMessage Correction(string problem) => ChatMessage.User(
        $"That response cannot be used: {problem.TrimEnd('.')}. Respond again with only JSON that matches the schema.");

    /// <summary>Inserts the schema as a system message after the instructions of the caller, which stay first.</summary>
    private static IEnumerable<ChatMessage> WithSchema(
        IReadOnlyList<ChatMessage> messages, JsonElement schema)
    {
        var instructionCount = messages.TakeWhile(IsInstruction).Count();

        return messages.Take(instructionCount)
            .Append(ChatMessage.System(
                $"Respond with only JSON that matches this JSON schema: {schema.GetRawText()}"))
            .Concat(messages.Skip(instructionCount));
    }

    private static bool IsInstruction(ChatMessage message) =>
        message.Role == ChatRole.System || message.Role == ChatRole.Developer;
}
