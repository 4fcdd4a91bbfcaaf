using System;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes the tools of a call, and which of them the model may call.</summary>
internal static class ToolWriter
{
    /// <exception cref="ArgumentException">The tool is not a function.</exception>
    public static Wire.ChatTool Write(AITool tool, ChatOptions options)
    {
        if (tool is null)
        {
            throw new ArgumentException("The options have a tool that is null.", nameof(options));
        }

        if (tool is not AIFunctionDeclaration function)
        {
            throw new ArgumentException(
                $"The tool {tool.Name} ({tool.GetType().Name}) has no form in chat completions. "
                + "Accepted are functions (AIFunction and AIFunctionDeclaration); "
                + $"anything else that a model supports can be set on the request of {nameof(ChatOptions.RawRepresentationFactory)}.",
                nameof(options));
        }

        var strict = StrictMode.Of(function.AdditionalProperties) ?? StrictMode.Of(options.AdditionalProperties);
        var schema = strict == true ? StrictMode.SchemaOf(function) : function.JsonSchema;
        var description = string.IsNullOrEmpty(function.Description) ? null : function.Description;
        var written = Wire.ChatTool.Create(function.Name, description, schema);
        written.Function.Strict = strict;
        return written;
    }

    public static Wire.ChatToolChoice? Write(ChatToolMode? mode) => mode switch
    {
        null => default(Wire.ChatToolChoice?),
        NoneChatToolMode => Wire.ChatToolChoice.None,
        AutoChatToolMode => Wire.ChatToolChoice.Auto,
        RequiredChatToolMode { RequiredFunctionName: { } name } => Wire.ChatToolChoice.Function(name),
        RequiredChatToolMode => Wire.ChatToolChoice.Required,
        _ => throw new ArgumentException(
            $"The tool mode {mode.GetType().Name} has no form in chat completions. "
            + "Accepted are Auto, None, RequireAny and RequireSpecific.",
            ArgumentNames.Options),
    };
}
