using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>The prompt of a request, as far as the emulator understands it.</summary>
/// <param name="Text">The last message of the user; the last one of all when there is none.</param>
/// <param name="ToolResults">The results of tools that came after it, each with the name of its tool.</param>
/// <param name="Images">How many images the messages hold.</param>
/// <param name="Tokens">An estimate of the tokens of the messages.</param>
internal sealed record ChatPrompt(string Text, IReadOnlyList<(string Tool, string Result)> ToolResults, int Images, int Tokens)
{
    private const int TokensPerMessage = 4;
    private const int TokensPerImage = 85;

    /// <summary>The last messages of the user in a row: programs send the schema that they want in a message of its own.</summary>
    public string Turn { get; init; } = Text;

    public static ChatPrompt From(JsonObject body)
    {
        var messages = ((JsonArray)body["messages"]!).OfType<JsonObject>().ToList();
        var lastUser = messages.FindLastIndex(message => message.Text("role") == "user");
        var text = lastUser < 0 ? TextOf(messages[^1]) : TextOf(messages[lastUser]);
        var images = messages.Sum(ImagesOf);
        var tokens = messages.Sum(message => ChatTokens.Count(TextOf(message)) + TokensPerMessage) + (images * TokensPerImage);
        var turn = messages.Take(lastUser + 1).Reverse().TakeWhile(message => message.Text("role") == "user").Reverse().Select(TextOf);

        return new ChatPrompt(text, Results(messages.Skip(lastUser + 1).ToList()), images, tokens)
        {
            Turn = lastUser < 0 ? text : string.Join('\n', turn),
        };
    }

    private static List<(string Tool, string Result)> Results(List<JsonObject> messages)
    {
        var names = messages.SelectMany(message => (message["tool_calls"] as JsonArray)?.OfType<JsonObject>() ?? [])
            .Where(call => call.Text("id") is not null)
            .GroupBy(call => call.Text("id")!)
            .ToDictionary(calls => calls.Key, calls => calls.First()["function"]?["name"]?.ToString() ?? "tool");

        return messages.Where(message => message.Text("role") == "tool")
            .Select(message => (names.GetValueOrDefault(message.Text("tool_call_id") ?? string.Empty, "tool"), TextOf(message)))
            .ToList();
    }

    /// <summary>The text of a message: its content, or its text parts.</summary>
    public static string TextOf(JsonObject message) => message["content"] switch
    {
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonArray parts => string.Join(' ', parts.OfType<JsonObject>().Select(part => part.Text("text")).Where(text => text is not null)),
        _ => string.Empty,
    };

    private static int ImagesOf(JsonObject message) =>
        (message["content"] as JsonArray)?.OfType<JsonObject>().Count(part => part.Text("type") == "image_url") ?? 0;
}
