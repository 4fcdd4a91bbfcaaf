using System;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes the form that the response must have: text, JSON, or JSON of a schema.</summary>
internal static class ResponseFormatWriter
{
    private const string DefaultName = "response";

    public static Wire.ChatResponseFormat? Write(ChatResponseFormat? format, bool? strict) => format switch
    {
        null => null,
        ChatResponseFormatText => new() { Type = Wire.ChatResponseFormatType.Text },
        ChatResponseFormatJson { Schema: null } => new() { Type = Wire.ChatResponseFormatType.JsonObject },
        ChatResponseFormatJson json => new() { Type = Wire.ChatResponseFormatType.JsonSchema, JsonSchema = SchemaOf(json, strict) },
        _ => throw new ArgumentException(
            $"The response format {format.GetType().Name} has no form in chat completions. "
            + "Accepted are Text, Json and ForJsonSchema.",
            ArgumentNames.Options),
    };

    private static Wire.ChatJsonSchema SchemaOf(ChatResponseFormatJson format, bool? strict) => new()
    {
        Name = ToolName.Clean(format.SchemaName, DefaultName),
        Description = format.SchemaDescription,
        Schema = strict == true ? StrictMode.SchemaOf(format) : format.Schema,
        Strict = strict,
    };
}
