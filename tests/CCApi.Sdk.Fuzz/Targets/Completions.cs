using System.Text;
using System.Text.Json;

namespace CCApi.Sdk.Fuzz;

/// <summary>Completions around a text that a model wrote.</summary>
internal static class Completions
{
    /// <summary>A call of a tool.</summary>
    public static byte[] Call(string name, string arguments, string finishReason = "tool_calls") => Message(
        $"\"content\":null,\"tool_calls\":[{{\"id\":\"call_1\",\"type\":\"function\",\"function\":{{\"name\":\"{name}\",\"arguments\":{Quote(arguments)}}}}}]", finishReason);

    /// <summary>A text.</summary>
    public static byte[] Text(string text, string finishReason = "stop") => Message($"\"content\":{Quote(text)}", finishReason);

    private static byte[] Message(string members, string finishReason) =>
        Encoding.UTF8.GetBytes($"{{\"choices\":[{{\"message\":{{\"role\":\"assistant\",{members}}},\"finish_reason\":\"{finishReason}\"}}]}}");

    private static string Quote(string text) => JsonSerializer.Serialize(text, FuzzJson.Default.String);
}
