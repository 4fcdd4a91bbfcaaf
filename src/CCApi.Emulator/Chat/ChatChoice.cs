using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>One choice of a completion.</summary>
internal sealed record ChatChoice(string? Text, IReadOnlyList<ChatToolRequest> ToolCalls, string? Reasoning, string FinishReason)
{
    /// <summary>The text as a stream sends it; null splits it into words.</summary>
    public IReadOnlyList<ScriptedPiece>? Pieces { get; init; }

    public string? Refusal { get; init; }

    public int Tokens => ChatTokens.Count(Text ?? Refusal) + ChatTokens.Count(Reasoning) + ToolCalls.Sum(call => ChatTokens.Count(call.Name) + ChatTokens.Count(call.Arguments));

    /// <summary>Makes a choice: tool calls when an offered tool fits, JSON when JSON is asked for, else a text.</summary>
    public static ChatChoice Make(JsonObject body, ChatPrompt prompt, EmulatedModel model, int seed)
    {
        var reasoning = ShouldReason(body, model) ? $"The question is about {ChatWriter.Topic(prompt.Text)}. I will keep it brief." : null;
        var calls = ChatTools.Choose(body, prompt, seed);
        if (calls.Count > 0)
        {
            return new ChatChoice(null, calls, reasoning, "tool_calls");
        }

        var (text, finishReason) = Cut(body, Write(body, prompt, seed));
        return new ChatChoice(text, [], reasoning, finishReason);
    }

    /// <summary>The choice that a script gives.</summary>
    /// <param name="script">The script.</param>
    /// <param name="seed">Makes ids of tool calls unique.</param>
    public static ChatChoice From(ScriptedChat script, string seed)
    {
        var calls = script.ToolCalls
            .Select((call, index) => new ChatToolRequest(call.Id ?? $"call_{GatewayRequest.Hash(index, seed):x8}", call.Name, call.Arguments))
            .ToArray();
        var text = script.Pieces is { } pieces ? string.Concat(pieces.Select(piece => piece.Text)) : script.Text;
        var finishReason = script.FinishReason ?? (calls.Length > 0 ? "tool_calls" : "stop");
        return new ChatChoice(text, calls, script.Reasoning, finishReason) { Pieces = script.Pieces, Refusal = script.Refusal };
    }

    private static string Write(JsonObject body, ChatPrompt prompt, int seed) => body["response_format"]?["type"]?.ToString() switch
    {
        "json_schema" => SchemaFiller.Fill(body["response_format"]!["json_schema"]!["schema"], prompt.Text) is { } filled ? GatewayResponse.Text(filled) : "null",
        "json_object" when PromptSchema.Find(body) is { } described => GatewayResponse.Text(SchemaFiller.Fill(described, prompt.Text) ?? new JsonObject()),
        "json_object" => GatewayResponse.Text(new JsonObject { ["answer"] = ChatWriter.Write(prompt, seed), ["topic"] = ChatWriter.Topic(prompt.Text) }),
        _ => ChatWriter.Write(prompt, seed),
    };

    private static bool ShouldReason(JsonObject body, EmulatedModel model) =>
        model.Has(ModelTraits.Reasoning)
        && (body.Text("reasoning_effort") is { } effort ? effort is not ("none" or "minimal") : (body["thinking"] as JsonObject)?.Text("type") == "enabled");

    /// <summary>Ends the text where the request wants it to end.</summary>
    private static (string Text, string FinishReason) Cut(JsonObject body, string text)
    {
        var stops = body["stop"] switch
        {
            JsonValue one when one.GetValueKind() == JsonValueKind.String => [one.GetValue<string>()],
            JsonArray several => several.Where(stop => stop?.GetValueKind() == JsonValueKind.String).Select(stop => stop!.GetValue<string>()),
            _ => Enumerable.Empty<string>(),
        };
        var end = stops.Where(stop => stop.Length > 0).Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
        text = text[..end];

        var most = body.Number("max_completion_tokens") ?? body.Number("max_tokens");
        var cut = most is { } tokens ? ChatTokens.Take(text, tokens) : text;
        return (cut, cut.Length < text.Length ? "length" : "stop");
    }
}
