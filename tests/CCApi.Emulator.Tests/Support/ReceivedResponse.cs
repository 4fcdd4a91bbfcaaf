using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CCApi.Emulator.Tests.Support;

/// <summary>A response that was read to its end.</summary>
internal sealed record ReceivedResponse(string Method, string Path, int Status, string? MediaType, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    /// <summary>The text of the first choice.</summary>
    public string? Content => Json["choices"]![0]!["message"]!["content"]?.GetValue<string>();

    public string? FinishReason => Json["choices"]![0]!["finish_reason"]?.GetValue<string>();

    public JsonObject Error => Json["error"]!.AsObject();

    /// <summary>The data of each event.</summary>
    public IReadOnlyList<string> Events => Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.StartsWith("data: ", StringComparison.Ordinal) ? line["data: ".Length..] : throw new InvalidOperationException($"No event: {line}"))
        .ToList();

    /// <summary>The events of a stream, without the one that ends it.</summary>
    public IReadOnlyList<JsonNode> Chunks => Events.Where(data => data != "[DONE]").Select(data => JsonNode.Parse(data)!).ToList();

    public static async Task<ReceivedResponse> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(World.Token);
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var request = response.RequestMessage!;
        return new ReceivedResponse(request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, bytes, headers);
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The pieces of the first choice under a name, in order.</summary>
    public IEnumerable<string> Pieces(string name) => Chunks
        .Select(chunk => chunk["choices"]!.AsArray().FirstOrDefault()?["delta"]?[name]?.GetValue<string>())
        .OfType<string>();
}
