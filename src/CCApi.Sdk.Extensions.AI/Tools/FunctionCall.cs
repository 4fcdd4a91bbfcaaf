using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>A call of an AI function with the arguments of a model, and its result as the text that the model reads.</summary>
internal static class FunctionCall
{
    public static async Task<string> InvokeAsync(AIFunction function, JsonElement arguments, CancellationToken cancellationToken)
    {
        var given = new AIFunctionArguments(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
        {
            given[argument.Name] = argument.Value.Clone();
        }

        return ToText(await function.InvokeAsync(given, cancellationToken).ConfigureAwait(false), function.Name);
    }

    private static string ToText(object? result, string name) => result switch
    {
        null => "",
        string text => text,
        AIContent content => ToText(content),
        IEnumerable<AIContent> contents => string.Join("\n", contents.Select(ToText)),
        _ => WireJson.ToText(result, $"The result of {name}"),
    };

    /// <remarks>A result is text here: the bytes of an image would be paid for as tokens.</remarks>
    private static string ToText(AIContent content) => content switch
    {
        TextContent text => text.Text,
        DataContent data when data.HasTopLevelMediaType("text") => Encoding.UTF8.GetString(data.Data.ToArray()),
        DataContent data => FormattableString.Invariant(
            $"({data.Data.Length} bytes of the type {data.MediaType}, which cannot be shown as text)"),
        UriContent uri => uri.Uri.OriginalString,
        ErrorContent error => error.Message,
        _ => $"({content.GetType().Name}, which cannot be shown as text)",
    };
}
