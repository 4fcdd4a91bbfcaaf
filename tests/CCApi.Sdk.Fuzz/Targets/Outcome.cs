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

    public static string Of(ChatCompletionResponse response, CCApiException? error) =>
        $"{Write(response)}\ntruncated: {response.IsTruncated}\nerror: {error?.GetType().Name} {MessageOf(error)} {(error?.PartialResponse is { } part ? Write(part) : null)}";

    /// <summary>How much of a page a message shows depends on how much was received at that time.</summary>
    private static string? MessageOf(CCApiException? error)
    {
        var quote = error?.Message.IndexOf("It starts: ", StringComparison.Ordinal) ?? -1;

        return quote < 0 ? error?.Message : error!.Message[..quote];
    }

    public static string Write(ChatCompletionResponse response) => JsonSerializer.Serialize(response, _relaxed.ChatCompletionResponse);

    public static string Write(ModelListResponse list) => JsonSerializer.Serialize(list, _relaxed.ModelListResponse);

    public static string Write(ChatCompletionChunk chunk) => JsonSerializer.Serialize(chunk, _relaxed.ChatCompletionChunk);

    /// <summary>What was read can be written, and reading that gives the same.</summary>
    public static void CheckRoundTrip<T>(T value)
    {
        var type = (JsonTypeInfo<T>)_relaxed.GetTypeInfo(typeof(T))!;
        var first = JsonSerializer.Serialize(value, type);
        var second = JsonSerializer.Serialize(JsonSerializer.Deserialize(first, type)!, type);
        if (Plain(first) != Plain(second))
        {
            throw new FindingException($"Written:\n{first}\nread and written again:\n{second}");
        }

        Behavior.Add(typeof(T), first.Length / 16);
        Planted.CheckWritten(first);
    }

    /// <summary>Half of a character is written as an escape of the replacement character; read back, it is that character.</summary>
    private static string Plain(string json) => json.Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal);
}
