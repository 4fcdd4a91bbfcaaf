using System;
using System.Collections.Generic;
using CCApi.Sdk;
using CCApi.Sdk.Extensions.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Adds AI functions, such as the tools of MCP servers, to the tools of <see cref="ChatClient.RunAsync"/>.</summary>
public static class CCApiAIToolExtensions
{
    /// <summary>Adds a function, which the model may call by its own name and schema.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="function">
    /// The function: of <see cref="AIFunctionFactory"/>, an <c>McpClientTool</c>, or any other. It must be safe to be called by
    /// several runs at once. Its result is sent to the model as text: strings as they are, anything else as JSON.
    /// </param>
    /// <returns>These tools, for the next one.</returns>
    /// <exception cref="ArgumentException">The name is taken or not allowed, or the function needs the approval of a person.</exception>
    /// <example><code>
    /// var tools = new ChatTools().Add(AIFunctionFactory.Create((string city) => $"Snow in {city}", "get_weather"));
    /// </code></example>
    public static ChatTools Add(this ChatTools tools, AIFunction function)
    {
        Require.NotNull(tools, nameof(tools));
        Require.NotNull(function, nameof(function));
        if (function.GetService<ApprovalRequiredAIFunction>() is not null)
        {
            throw new ArgumentException(
                $"The function {function.Name} needs approval. Add the function that it wraps, and approve its calls in ChatRunOptions.",
                nameof(function));
        }

        var description = string.IsNullOrWhiteSpace(function.Description) ? function.Name : function.Description;
        return tools.Add(
            function.Name,
            description,
            function.JsonSchema.GetRawText(),
            (arguments, cancellationToken) => FunctionCall.InvokeAsync(function, arguments, cancellationToken));
    }

    /// <summary>Adds several functions, such as all tools of an MCP server.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="functions">The functions.</param>
    /// <returns>These tools, for the next one.</returns>
    /// <exception cref="ArgumentException">A name is taken or not allowed, or a function needs the approval of a person.</exception>
    /// <example><code>
    /// var tools = new ChatTools().Add(await mcpClient.ListToolsAsync());
    /// </code></example>
    public static ChatTools Add(this ChatTools tools, IEnumerable<AIFunction> functions)
    {
        Require.NotNull(tools, nameof(tools));
        foreach (var function in Require.NotNull(functions, nameof(functions)))
        {
            tools.Add(function);
        }

        return tools;
    }
}
