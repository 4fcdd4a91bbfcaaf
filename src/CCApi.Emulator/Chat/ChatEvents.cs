using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Splits choices into the events of a stream, as OpenAI-compatible gateways do.</summary>
internal static class ChatEvents
{
    private const int ArgumentPiece = 12;

    public static IReadOnlyList<string> Of(JsonObject head, ChatChoice[] choices, JsonObject? usage)
    {
        head["object"] = "chat.completion.chunk";
        var events = new List<string>();
        for (var index = 0; index < choices.Length; index++)
        {
            Add(index, new JsonObject { ["role"] = "assistant", ["content"] = string.Empty });
            foreach (var delta in Deltas(choices[index]))
            {
                Add(index, delta);
            }

            Add(index, [], choices[index].FinishReason);
        }

        if (usage is not null)
        {
            events.Add(Chunk([], usage));
        }

        events.Add("[DONE]");
        return events;

        void Add(int index, JsonObject delta, string? finishReason = null) =>
            events.Add(Chunk(new JsonArray(new JsonObject { ["index"] = index, ["delta"] = delta, ["finish_reason"] = finishReason }), usage: null));

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

    private static IEnumerable<JsonObject> Deltas(ChatChoice choice)
    {
        foreach (var piece in ChatTokens.Pieces(choice.Reasoning ?? string.Empty))
        {
            yield return new JsonObject { ["reasoning_content"] = piece };
        }

        foreach (var piece in ChatTokens.Pieces(choice.Text ?? string.Empty))
        {
            yield return new JsonObject { ["content"] = piece };
        }

        for (var index = 0; index < choice.ToolCalls.Count; index++)
        {
            var call = choice.ToolCalls[index];
            var first = (JsonObject)(call with { Arguments = string.Empty }).ToJson();
            first["index"] = index;
            yield return new JsonObject { ["tool_calls"] = new JsonArray(first) };
            foreach (var piece in call.Arguments.Chunk(ArgumentPiece))
            {
                yield return new JsonObject
                {
                    ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = new string(piece) } }),
                };
            }
        }
    }
}
