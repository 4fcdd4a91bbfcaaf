using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>One choice of a completion.</summary>
internal sealed record ChatChoice(string? Text, IReadOnlyList<ChatToolRequest> ToolCalls, string? Reasoning, string FinishReason)
{
    private static readonly JsonDocumentOptions _uniqueNames = new() { AllowDuplicateProperties = false };

    /// <summary>The text as a stream sends it; null splits it into words.</summary>
    public IReadOnlyList<ScriptedPiece>? Pieces { get; init; }

    public string? Refusal { get; init; }

    /// <summary>The text in the pieces in which a stream sends it.</summary>
    public IEnumerable<string> TextPieces => Pieces?.Select(piece => piece.Text) ?? ChatTokens.Pieces(Text ?? string.Empty);

    public int Tokens => ChatTokens.Count(Text ?? Refusal) + ChatTokens.Count(Reasoning) + ToolCalls.Sum(TokensOf);

    /// <summary>Makes a choice: tool calls when an offered tool fits, JSON when JSON is asked for, else a text.</summary>
    public static ChatChoice Make(JsonObject body, ChatPrompt prompt, EmulatedModel model, int seed)
    {
        string? reasoning = null;
        if (ShouldReason(body, model))
        {
            reasoning = $"The question is about {ChatWriter.Topic(prompt.Text)}. I will keep it brief.";
        }

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
            .Select((call, index) => (call, id: call.Id ?? $"call_{GatewayRequest.Hash(index, seed):x8}"))
            .Select(item => new ChatToolRequest(item.id, item.call.Name, item.call.Arguments))
            .ToArray();

        var text = script.Text;
        if (script.Pieces is { } pieces)
        {
            text = string.Concat(pieces.Select(piece => piece.Text));
        }

        var finishReason = script.FinishReason ?? (calls.Length > 0 ? "tool_calls" : "stop");

        return new ChatChoice(text, calls, script.Reasoning, finishReason) { Pieces = script.Pieces, Refusal = script.Refusal };
    }

    private static string Write(JsonObject body, ChatPrompt prompt, int seed) => body["response_format"]?["type"]?.ToString() switch
    {
        "json_schema" => Fill((JsonObject)body["response_format"]!["json_schema"]!["schema"]!, prompt),
        "json_object" => TryFill(PromptSchema.Find(body), prompt) ?? AnyObject(prompt, seed),
        _ => TryFill(PromptSchema.FindRequested(body), prompt) ?? ChatWriter.Write(prompt, seed),
    };

    private static string AnyObject(ChatPrompt prompt, int seed) =>
        GatewayResponse.Text(new JsonObject { ["answer"] = ChatWriter.Write(prompt, seed), ["topic"] = ChatWriter.Topic(prompt.Text) });

    /// <summary>JSON for a schema: what a tool returned when that is valid, else values from the prompt.</summary>
    private static string Fill(JsonObject schema, ChatPrompt prompt)
    {
        var results = prompt.ToolResults.Select(result => Parse(result.Result)).OfType<JsonNode>();
        var fromTool = results.FirstOrDefault(result => SchemaFiller.IsValid(result, schema));
        var filled = fromTool ?? SchemaFiller.Fill(schema, PromptSchema.Without(prompt.Turn));
        if (filled is null)
        {
            return "null";
        }

        return GatewayResponse.Text(filled);
    }

    private static string? TryFill(JsonObject? schema, ChatPrompt prompt)
    {
        if (schema is null)
        {
            return null;
        }

        try
        {
            return Fill(schema, prompt);
        }
        catch (Exception exception) when (exception is UnfilledSchemaException or InvalidOperationException)
        {
            // What a message says is not a contract, nor always Unicode: models then write what they please.
            return null;
        }
    }

    private static JsonNode? Parse(string result)
    {
        try
        {
            return JsonNode.Parse(result, documentOptions: _uniqueNames);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int TokensOf(ChatToolRequest call) => ChatTokens.Count(call.Name) + ChatTokens.Count(call.Arguments);

    private static bool ShouldReason(JsonObject body, EmulatedModel model)
    {
        if (!model.Has(ModelTraits.Reasoning))
        {
            return false;
        }

        if (body.Text("reasoning_effort") is { } effort)
        {
            return effort is not ("none" or "minimal");
        }

        return (body["thinking"] as JsonObject)?.Text("type") == "enabled";
    }

    /// <summary>Ends the text where the request wants it to end.</summary>
    private static (string Text, string FinishReason) Cut(JsonObject body, string text)
    {
        var stops = body["stop"] switch
        {
            JsonValue one when one.GetValueKind() == JsonValueKind.String => [one.GetValue<string>()],
            JsonArray several => several
                .Where(stop => stop?.GetValueKind() == JsonValueKind.String)
                .Select(stop => stop!.GetValue<string>()),
            _ => Enumerable.Empty<string>(),
        };

        var end = stops
            .Where(stop => stop.Length > 0)
            .Select(stop => text.IndexOf(stop, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(text.Length)
            .Min();

        text = text[..end];

        var most = body.Number("max_completion_tokens") ?? body.Number("max_tokens");
        var cut = most is { } tokens ? ChatTokens.Take(text, tokens) : text;

        return (cut, cut.Length < text.Length ? "length" : "stop");
    }
}
