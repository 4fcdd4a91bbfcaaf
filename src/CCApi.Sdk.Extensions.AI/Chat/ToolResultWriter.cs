using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes the result of a call as a message with the role tool.</summary>
internal static class ToolResultWriter
{
    public static Wire.ChatMessage Write(FunctionResultContent result) =>
        Wire.ChatMessage.Tool(result.CallId, WriteResult(result, $"The result of the call {result.CallId}"));

    private static Wire.ChatMessageContent WriteResult(FunctionResultContent result, string name) => result.Result switch
    {
        null when result.Exception is { } exception => ToolResultText.Failed("The function", exception.Message),
        FunctionResultContent nested => WriteResult(nested, name),
        AIContent content => WriteParts([content], name),
        IEnumerable<AIContent?> contents => WriteParts(contents.Where(ContentText.IsForModel), name),
        var value => ContentText.OfResult(value, name),
    };

    /// <summary>What tools of MCP servers return: texts, images and sound.</summary>
    private static Wire.ChatMessageContent WriteParts(IEnumerable<AIContent?> contents, string name)
    {
        List<Wire.ChatContentPart> parts = [.. contents.Select(content => WritePart(content!, name))];
        var isText = parts.All(part => part.Type == Wire.ChatContentPartType.Text);
        return isText ? string.Join("\n", parts.Select(part => part.Text)) : new Wire.ChatMessageContent(parts);
    }

    /// <summary>A part; a text for content that is none, because the function has run, and its agent must be able to go on.</summary>
    private static Wire.ChatContentPart WritePart(AIContent content, string name)
    {
        if (PartWriter.IsWritable(content) && PartWriter.Write(content) is { } part)
        {
            return part;
        }

        return new() { Type = Wire.ChatContentPartType.Text, Text = ContentText.Of(content, name) };
    }
}
