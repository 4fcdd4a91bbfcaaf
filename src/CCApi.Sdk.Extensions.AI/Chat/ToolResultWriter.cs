using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes the result of a call as a message with the role tool.</summary>
internal static class ToolResultWriter
{
    public static Wire.ChatMessage Write(FunctionResultContent result) => Wire.ChatMessage.Tool(result.CallId, WriteResult(result));

    private static Wire.ChatMessageContent WriteResult(FunctionResultContent result) => result.Result switch
    {
        null when result.Exception is { } exception => ToolResultText.Failed("The function", exception.Message),
        null => "",
        string text => text,
        TextContent text => text.Text,
        AIContent content => WriteParts([content]),
        IEnumerable<AIContent> contents => WriteParts(contents),
        var value => WireJson.ToText(value, $"The result of the call {result.CallId}"),
    };

    /// <summary>What tools of MCP servers return: texts, images and sound.</summary>
    private static Wire.ChatMessageContent WriteParts(IEnumerable<AIContent> contents)
    {
        List<Wire.ChatContentPart> parts = [.. contents.Select(WritePart)];
        var isText = parts.All(part => part.Type == Wire.ChatContentPartType.Text);
        return isText ? string.Join("\n", parts.Select(part => part.Text)) : new Wire.ChatMessageContent(parts);
    }

    private static Wire.ChatContentPart WritePart(AIContent content) =>
        PartWriter.Write(content) ?? throw UnsupportedContent.Of(content, ChatRole.Tool);
}
