using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>What a function returned, as text that a model reads: a result is never rejected, because the function has run.</summary>
internal static class ContentText
{
    /// <exception cref="ArgumentException">The result cannot be written as JSON.</exception>
    public static string OfResult(object? result, string name) => result switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Undefined } => "",
        string text => text,
        AIContent content => Of(content, name),
        IEnumerable<AIContent?> contents => string.Join("\n", contents.OfType<AIContent>().Select(content => Of(content, name))),
        _ => WireJson.ToText(result, name),
    };

    /// <remarks>The bytes of an image would be paid for as tokens.</remarks>
    public static string Of(AIContent content, string name) => content switch
    {
        TextContent text => text.Text,
        DataContent data when data.HasTopLevelMediaType("text") => Encoding.UTF8.GetString(data.Data.ToArray()),
        DataContent data => FormattableString.Invariant(
            $"({data.Data.Length} bytes of the type {data.MediaType}, which cannot be shown as text)"),
        UriContent uri => uri.Uri.OriginalString,
        ErrorContent error => error.Message,
        FunctionResultContent nested => OfResult(nested.Result, name),
        _ => $"({content.GetType().Name}, which cannot be shown as text)",
    };
}
