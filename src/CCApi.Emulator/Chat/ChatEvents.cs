using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Cuts answers into the events of a stream, as OpenAI-compatible gateways do.</summary>
internal static class ChatEvents
{
    private const int ArgumentPiece = 12;

    public static IReadOnlyList<string> Of(JsonObject head, ChatReply[] answers, JsonObject? usage)
    {
        head["object"] = "chat.completion.chunk";
        var events = new List<string>();
        for (var index = 0; index < answers.Length; index++)
        {
            Add(index, new JsonObject { ["role"] = "assistant", ["content"] = string.Empty });
            foreach (var delta in Deltas(answers[index]))
            {
                Add(index, delta);
            }

            Add(index, [], answers[index].FinishReason);
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

            return Reply.Text(chunk);
        }
    }

    private static IEnumerable<JsonObject> Deltas(ChatReply answer)
    {
        foreach (var piece in ChatTokens.Pieces(answer.Reasoning ?? string.Empty))
        {
            yield return new JsonObject { ["reasoning_content"] = piece };
        }

        foreach (var piece in ChatTokens.Pieces(answer.Text ?? string.Empty))
        {
            yield return new JsonObject { ["content"] = piece };
        }

        for (var index = 0; index < answer.ToolCalls.Count; index++)
        {
            var call = answer.ToolCalls[index];
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
