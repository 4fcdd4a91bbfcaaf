using System;
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

        var result = await function.InvokeAsync(given, cancellationToken).ConfigureAwait(false);
        return ContentText.OfResult(result, $"The result of {function.Name}");
    }
}
