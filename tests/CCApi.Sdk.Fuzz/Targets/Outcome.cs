using System;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>Results as texts that can be compared.</summary>
internal static class Outcome
{
    private static readonly CCApiJsonContext _relaxed = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Of(ChatCompletionResponse answer, CCApiException? error) =>
        $"{Write(answer)}\ntruncated: {answer.IsTruncated}\nerror: {error?.GetType().Name} {error?.Message} {(error?.PartialResponse is { } part ? Write(part) : null)}";

    public static string Write(ChatCompletionResponse answer) => JsonSerializer.Serialize(answer, _relaxed.ChatCompletionResponse);

    public static string Write(ChatCompletionChunk chunk) => JsonSerializer.Serialize(chunk, _relaxed.ChatCompletionChunk);

    /// <summary>What was read can be written, and reading that gives the same.</summary>
    public static void CheckRoundTrip<T>(T answer)
    {
        var type = (JsonTypeInfo<T>)_relaxed.GetTypeInfo(typeof(T))!;
        var first = JsonSerializer.Serialize(answer, type);
        var second = JsonSerializer.Serialize(JsonSerializer.Deserialize(first, type)!, type);
        if (Plain(first) != Plain(second))
        {
            throw new FindingException($"Written:\n{first}\nread and written again:\n{second}");
        }

        Planted.CheckWritten(first);
    }

    /// <summary>A half of a character is written as an escape of the mark for what is no text; read back, it is that mark.</summary>
    private static string Plain(string json) => json.Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal);
}
