using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NJsonSchema;
using NSwag;
using Xunit;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Compares responses with <c>openapi/ccapi.yaml</c>.</summary>
internal static class Contract
{
    private static readonly Task<OpenApiDocument> _document = LoadAsync();

    /// <summary>Fails when a response of one of the operations does not match the contract.</summary>
    public static async Task CheckAsync(ReceivedResponse response)
    {
        var errors = await ProblemsAsync(response);

        Assert.True(errors.Count == 0, $"{response.Method} {response.Path} {response.Status} breaks the contract: {string.Join("; ", errors)}\n{response.Text}");
    }

    /// <summary>The operations, each as method and path template, such as <c>GET /models/{id}</c>.</summary>
    public static async Task<IReadOnlyList<string>> OperationsAsync() =>
        [.. (await _document).Operations.Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}")];

    /// <summary>The operation of a request; null when the contract has none.</summary>
    public static async Task<string?> OperationOfAsync(string method, string path)
    {
        var template = Template(await _document, path);
        return template is null ? null : $"{method} {template}";
    }

    public static async Task<IReadOnlyList<string>> ProblemsAsync(ReceivedResponse response)
    {
        var document = await _document;
        if (Operation(document, response) is not { } operation)
        {
            return [];
        }

        var errors = document.Components.Schemas["ErrorResponse"];
        var isDocumented = operation.ActualResponses.TryGetValue(response.Status.ToString(CultureInfo.InvariantCulture), out var documented);
        var schema = isDocumented ? documented!.ActualResponse.Content.Where(content => content.Key == response.MediaType).Select(content => content.Value.Schema).SingleOrDefault()
            : response.Status >= 400 ? errors : null;
        if (schema is null)
        {
            return [$"{response.Status} {response.MediaType} is not in the contract"];
        }

        var documents = response.MediaType == "text/event-stream" ? response.Chunks.Select(chunk => chunk.ToJsonString()) : [response.Text];
        return documents.SelectMany(json => schema.ActualSchema.Validate(json, SchemaType.OpenApi3)).Select(error => error.ToString()).ToList();
    }

    private static OpenApiOperation? Operation(OpenApiDocument document, ReceivedResponse response)
    {
        var template = Template(document, response.Path);
        return template is not null && document.Paths[template].TryGetValue(response.Method.ToLowerInvariant(), out var operation) ? operation : null;
    }

    private static string? Template(OpenApiDocument document, string absolutePath)
    {
        var path = absolutePath.StartsWith("/v1", StringComparison.Ordinal) ? absolutePath["/v1".Length..] : string.Empty;
        return document.Paths.Keys.FirstOrDefault(known => known == path)
            ?? document.Paths.Keys.FirstOrDefault(known => known.EndsWith('}') && path.StartsWith(known[..known.IndexOf('{', StringComparison.Ordinal)], StringComparison.Ordinal));
    }

    private static async Task<OpenApiDocument> LoadAsync()
    {
        var document = await OpenApiYamlDocument.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "openapi", "ccapi.yaml"));
        // The validator takes a maxProperties of 0 for none, so it would let objects into the branch that is for null only.
        foreach (var branch in document.Components.Schemas.Values.SelectMany(s => s.Properties.Values).SelectMany(p => p.OneOf).Where(b => b.MinProperties > b.MaxProperties))
        {
            branch.Not = new JsonSchema { Type = JsonObjectType.Object };
        }

        return document;
    }
}
