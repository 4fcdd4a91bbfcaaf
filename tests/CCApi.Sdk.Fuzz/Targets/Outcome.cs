using System.Text.Encodings.Web;
using System.Text.Json;
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
        var type = (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)_relaxed.GetTypeInfo(typeof(T))!;
        var first = JsonSerializer.Serialize(answer, type);
        var second = JsonSerializer.Serialize(JsonSerializer.Deserialize(first, type)!, type);
        if (first != second)
        {
            throw new FindingException($"Written:\n{first}\nread and written again:\n{second}");
        }
    }
}
