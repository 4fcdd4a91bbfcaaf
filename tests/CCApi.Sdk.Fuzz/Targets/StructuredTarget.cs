using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// A completion of a type: the first byte chooses the type and how the completion ended, the rest is what the model wrote. What is read can be written, and reads back
/// the same; a truncated completion is not a value unless all of it is there.
/// </summary>
internal static class StructuredTarget
{
    private static readonly CannedGateway _gateway = new();

    private static readonly Func<string, string, Task>[] _reads =
    [
        (text, finishReason) => RunAsync(text, finishReason, FuzzJson.Default.Recipe),
        (text, finishReason) => RunAsync(text, finishReason, FuzzJson.Default.Place),
        (text, finishReason) => RunAsync(text, finishReason, FuzzJson.Default.Branch),
        (text, finishReason) => RunAsync(text, finishReason, FuzzJson.Default.Shape),
        (text, finishReason) => RunAsync(text, finishReason, FuzzJson.Default.ListNullableInt32),
        (text, finishReason) => RunAsync(text, finishReason, FuzzJson.Default.String),
        (text, finishReason) => RunAsync(text, finishReason, FuzzJson.Default.Double),
    ];

    private static readonly string[] _finishReasons = ["stop", "", "length"];

    public static void Run(byte[] input)
    {
        if (input.Length > 0)
        {
            var choice = input[0] % 21;
            var text = Encoding.UTF8.GetString(input, 1, input.Length - 1);
            Sync.Run(() => _reads[choice % 7](text, _finishReasons[choice / 7]));
        }
    }

    private static async Task RunAsync<T>(string text, string finishReason, JsonTypeInfo<T> type)
    {
        T value;
        try
        {
            value = await ReadAsync(text, finishReason, type);
        }
        catch (ChatStructuredOutputException exception)
        {
            Behavior.Add(typeof(T), exception.Fault, exception.Message.Length / 64);
            return;
        }

        string written;
        try
        {
            written = JsonSerializer.Serialize(value, type);
        }
        catch (ArgumentException)
        {
            // A number beyond the largest double is read as infinity, which the platform does not write.
            return;
        }

        if (finishReason == "length" && text.StartsWith('{') && !text.Contains('}', StringComparison.Ordinal))
        {
            throw new FindingException($"The value of a truncated completion: {written}");
        }

        var again = JsonSerializer.Serialize(await ReadAsync(written, "stop", type), type);
        if (written != again)
        {
            throw new FindingException($"Read: {written}\nread again: {again}");
        }

        Behavior.Add(typeof(T), written.Length / 8);
        Planted.CheckValue(value);
    }

    private static async Task<T> ReadAsync<T>(string text, string finishReason, JsonTypeInfo<T> type)
    {
        var client = _gateway.Respond(() => _gateway.Json(Completions.Text(text, finishReason)));
        return (await client.Chat.CompleteAsync("m", "Hi", type)).Value;
    }
}
