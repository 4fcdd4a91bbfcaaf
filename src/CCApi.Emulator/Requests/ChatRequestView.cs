using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CCApi.Emulator;

/// <summary>What scripts and tests look for in a body. Members of another type count as missing: nothing here throws.</summary>
internal sealed record ChatRequestView(
    JsonElement? Root,
    string? Model,
    bool IsStream,
    string LastUserText,
    IReadOnlyList<string> ToolNames,
    IReadOnlyList<string> ToolResults)
{
    private static readonly ChatRequestView _none = new(null, null, IsStream: false, string.Empty, [], []);

    public static ChatRequestView Parse(ReadOnlyMemory<byte> body)
    {
        if (!JsonBounds.AreWithin(body.Span))
        {
            return _none;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return _none;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in a text.
            return _none;
        }
    }

    private static ChatRequestView Read(JsonElement root)
    {
        var messages = Items(root, "messages");
        var lastUser = messages.FindLastIndex(message => Text(message, "role") == "user");
        var prompt = lastUser >= 0 ? Content(messages[lastUser]) : Prompt(root);

        var tools = Items(root, "tools").Select(tool => Text(Member(tool, "function"), "name")).OfType<string>().ToArray();
        var results = messages.Skip(lastUser + 1).Where(message => Text(message, "role") == "tool").Select(Content).ToArray();
        var isStream = Member(root, "stream")?.ValueKind == JsonValueKind.True;

        return new ChatRequestView(root, Text(root, "model"), isStream, prompt, tools, results);
    }

    private static string Prompt(JsonElement root)
    {
        var contents = Items(root, "contents").Select(item => Text(item, "text")).OfType<string>();
        return Text(root, "input") ?? Text(root, "prompt") ?? string.Join(' ', contents);
    }

    private static string Content(JsonElement message) =>
        Text(message, "content") ?? string.Join(
            ' ', Items(message, "content").Select(part => Text(part, "text")).OfType<string>());

    private static List<JsonElement> Items(JsonElement element, string name)
    {
        if (Member(element, name) is { ValueKind: JsonValueKind.Array } list)
        {
            return [.. list.EnumerateArray()];
        }

        return [];
    }

    private static string? Text(JsonElement? element, string name)
    {
        if (element is { } value && Member(value, name) is { ValueKind: JsonValueKind.String } text)
        {
            return text.GetString();
        }

        return null;
    }

    private static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member))
        {
            return member;
        }

        return null;
    }
}
