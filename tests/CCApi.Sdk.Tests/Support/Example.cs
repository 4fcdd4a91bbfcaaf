using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A file of <c>openapi/examples</c>. Its name says its schema; a stream holds one document per frame.</summary>
internal sealed class Example
{
    private Example(string file)
    {
        File = file;
        Schema = file.Split('.')[0];
        Documents = [.. ReadDocuments(Path.Combine(Folder, file), Schema)];
    }

    public static string Folder { get; } = Path.Combine(Repository.OpenApi, "examples");

    public static IReadOnlyList<string> Files { get; } = [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).OrderBy(f => f, StringComparer.Ordinal)];

    public string File { get; }

    public string Schema { get; }

    public IReadOnlyList<Document> Documents { get; }

    public static Example Load(string file) => new(file);

    /// <summary>One row per file, for theories.</summary>
    public static TheoryData<string> Rows() => [.. Files];

    private static IEnumerable<Document> ReadDocuments(string path, string schema)
    {
        if (Path.GetExtension(path) == ".json")
        {
            yield return new Document(schema, System.IO.File.ReadAllText(path));
            yield break;
        }

        foreach (var line in System.IO.File.ReadAllLines(path).Where(l => l.StartsWith("data: {", StringComparison.Ordinal)))
        {
            var json = line.Substring("data: ".Length);
            yield return new Document(IsError(json) ? nameof(ErrorResponse) : schema, json);
        }
    }

    private static bool IsError(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("error", out _) && !document.RootElement.TryGetProperty("choices", out _);
    }

    /// <summary>One JSON document and the schema that it follows.</summary>
    internal sealed record Document(string Schema, string Json)
    {
        public Type Type { get; } = typeof(CCApiJsonContext).Assembly.GetType($"CCApi.Sdk.Models.{Schema}")
            ?? throw new InvalidOperationException($"There is no type for the schema '{Schema}'.");
    }
}
