using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Splits choices into the events of a stream, as OpenAI-compatible gateways do.</summary>
internal static class ChatEvents
{
    private const int ArgumentPiece = 12;

    public static IReadOnlyList<(string Data, TimeSpan? Delay)> Of(
        JsonObject head, ChatChoice[] choices, JsonObject? usage, ChatLogprobs? logprobs)
    {
        head["object"] = "chat.completion.chunk";
        var events = new List<(string Data, TimeSpan? Delay)>();

        for (var index = 0; index < choices.Length; index++)
        {
            Add(index, new JsonObject { ["role"] = "assistant", ["content"] = string.Empty });
            foreach (var (delta, delay) in Deltas(choices[index]))
            {
                Add(index, delta, delay: delay);
            }

            Add(index, [], choices[index].FinishReason);
        }

        if (usage is not null)
        {
            events.Add((Chunk([], usage), null));
        }

        events.Add(("[DONE]", null));

        return events;

        void Add(int index, JsonObject delta, string? finishReason = null, TimeSpan? delay = null)
        {
            var choice = new JsonObject { ["index"] = index, ["delta"] = delta, ["finish_reason"] = finishReason };
            if (logprobs is not null)
            {
                choice["logprobs"] = Logprobs(logprobs, delta);
            }

            events.Add((Chunk(new JsonArray(choice), usage: null), delay));
        }

        string Chunk(JsonArray choices, JsonObject? usage)
        {
            var chunk = (JsonObject)head.DeepClone();
            chunk["choices"] = choices;
            if (usage is not null)
            {
                chunk["usage"] = usage.DeepClone();
            }

            return GatewayResponse.Text(chunk);
        }
    }

    /// <summary>The log probabilities of the text in a delta; null when it has none.</summary>
    private static JsonObject? Logprobs(ChatLogprobs logprobs, JsonObject delta)
    {
        var (text, refusal) = (delta.Text("content"), delta.Text("refusal"));
        var hasText = !string.IsNullOrEmpty(text) || refusal is not null;
        if (hasText)
        {
            return logprobs.Of([text ?? string.Empty], refusal);
        }

        return null;
    }

    private static IEnumerable<(JsonObject Delta, TimeSpan? Delay)> Deltas(ChatChoice choice)
    {
        foreach (var piece in ChatTokens.Pieces(choice.Reasoning ?? string.Empty))
        {
            yield return (new JsonObject { ["reasoning_content"] = piece }, null);
        }

        foreach (var (text, delay) in TextPieces(choice))
        {
            yield return (new JsonObject { ["content"] = text }, delay);
        }

        if (choice.Refusal is not null)
        {
            yield return (new JsonObject { ["refusal"] = choice.Refusal }, null);
        }

        for (var index = 0; index < choice.ToolCalls.Count; index++)
        {
            foreach (var delta in Deltas(choice.ToolCalls[index], index))
            {
                yield return (delta, null);
            }
        }
    }

    private static IEnumerable<(string Text, TimeSpan? Delay)> TextPieces(ChatChoice choice) =>
        choice.Pieces?.Select(piece => (piece.Text, (TimeSpan?)piece.Delay))
        ?? ChatTokens.Pieces(choice.Text ?? string.Empty).Select(piece => (piece, (TimeSpan?)null));

    private static IEnumerable<JsonObject> Deltas(ChatToolRequest call, int index)
    {
        var first = (JsonObject)(call with { Arguments = string.Empty }).ToJson();
        first["index"] = index;
        yield return new JsonObject { ["tool_calls"] = new JsonArray(first) };

        foreach (var piece in call.Arguments.Chunk(ArgumentPiece))
        {
            yield return new JsonObject
            {
                ["tool_calls"] = new JsonArray(new JsonObject
                {
                    ["index"] = index,
                    ["function"] = new JsonObject { ["arguments"] = new string(piece) },
                }),
            };
        }
    }
}
