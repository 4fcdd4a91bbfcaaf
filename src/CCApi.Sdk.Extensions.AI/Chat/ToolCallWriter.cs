using System.Collections.Generic;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes a call that the model made, as part of the history.</summary>
internal static class ToolCallWriter
{
    public static Wire.ChatToolCall Write(FunctionCallContent call) => new()
    {
        Id = call.CallId,
        Type = Wire.ChatToolType.Function,
        Function = new Wire.ChatToolCallFunction { Name = call.Name, Arguments = WriteArguments(call) },
        AdditionalProperties = WireMembers.Restore(call.AdditionalProperties),
    };

    /// <remarks>
    /// Always a JSON object: strict back ends reject the history otherwise, and arguments that could not be read are null.
    /// </remarks>
    private static Wire.ChatToolArguments WriteArguments(FunctionCallContent call) =>
        new(WireJson.ToText(call.Arguments ?? new Dictionary<string, object?>(), $"The arguments of the call of {call.Name}"));
}
