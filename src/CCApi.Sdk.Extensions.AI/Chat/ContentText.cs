using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>What a function returned, as text that a model reads: a result is never rejected, because the function has run.</summary>
internal static class ContentText
{
    private static readonly JsonSerializerOptions _named = new(AIJsonUtilities.DefaultOptions)
    {
        WriteIndented = false,
        NumberHandling = AIJsonUtilities.DefaultOptions.NumberHandling | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Whether content is for the model: what the function used is not.</summary>
    public static bool IsForModel(AIContent? content) => content is not (null or UsageContent);

    public static string OfResult(object? result, string name) => result switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Undefined } => "",
        string text => text,
        AIContent content => Of(content, name),
        IEnumerable<AIContent?> contents =>
            string.Join("\n", contents.Where(IsForModel).Select(content => Of(content!, name))),
        _ => OfValue(result, name),
    };

    /// <remarks>The bytes of an image would be paid for as tokens.</remarks>
    public static string Of(AIContent content, string name) => content switch
    {
        TextContent text => text.Text,
        DataContent data when data.HasTopLevelMediaType("text") => Encoding.UTF8.GetString(data.Data.ToArray()),
        DataContent data => FormattableString.Invariant(
            $"({data.Data.Length} bytes of the type {data.MediaType}, which cannot be shown as text)"),
        UriContent uri when DataUrl.Is(uri.Uri.OriginalString) => $"(data of the type {uri.MediaType}, which cannot be shown as text)",
        UriContent uri => uri.Uri.OriginalString,
        ErrorContent error => error.Message,
        UsageContent => "",
        FunctionResultContent { Result: null, Exception: { } failed } => ToolResultText.Failed("The function", failed.Message),
        FunctionResultContent nested => OfResult(nested.Result, name),
        _ => $"({content.GetType().Name}, which cannot be shown as text)",
    };

    /// <summary>A value as JSON: a number that JSON does not have by its name, and of what cannot be written the reason.</summary>
    private static string OfValue(object? value, string name)
    {
        try
        {
            var element = value is JsonElement json ? json : JsonSerializer.SerializeToElement(value, _named.GetTypeInfo(typeof(object)));

            return WireJson.ToText(element, name);
        }
#pragma warning disable CA1031 // The function has run, and a property of its result may throw anything.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ToolResultText.Unwritable(name, exception.Message);
        }
    }
}
