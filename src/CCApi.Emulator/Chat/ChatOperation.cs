using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Answers chat completions, plain and streamed.</summary>
internal static class ChatOperation
{
    private const decimal Million = 1_000_000m;

    public static Reply Answer(Exchange exchange, Accounts accounts, int seed)
    {
        var body = exchange.Body;
        if (ChatRules.Problem(body) is { } problem)
        {
            return problem;
        }

        if (FindModel(body) is not { } model)
        {
            return Replies.NoSuchModel(body.Text("model") ?? body["models"]?.ToJsonString() ?? string.Empty);
        }

        exchange.Model = model.Id;
        if (ChatRules.Refusal(body, model) is { } refusal)
        {
            return refusal;
        }

        var prompt = ChatPrompt.From(body);
        var answerSeed = unchecked(seed + (int)(body.Integer("seed") ?? 0));
        var answers = Enumerable.Range(0, body.Number("n") ?? 1).Select(index => ChatReply.Make(body, prompt, model, unchecked(answerSeed + index))).ToArray();
        var usage = Usage(model, prompt, answers);
        return accounts.Charge(exchange, model.Id, usage["cost"]!.GetValue<decimal>()) ?? Write(exchange, model, answers, usage, seed);
    }

    /// <summary>The first candidate that is served: <c>models</c> is a list for failover, in which models that fail on demand are passed over.</summary>
    private static EmulatedModel? FindModel(JsonObject body)
    {
        var candidates = body["models"] is JsonArray { Count: > 0 } models
            ? models.Select(id => id!.GetValue<string>()).ToArray()
            : [body.Text("model")!];
        var isFailover = candidates.Length > 1;
        return candidates.Select(id => Find(id, isFailover)).FirstOrDefault(model => model is not null);
    }

    private static EmulatedModel? Find(string id, bool isFailover)
    {
        var model = EmulatorFaults.OfModel(id) is null
            ? EmulatedCatalog.Find(id)
            : isFailover ? null : EmulatedCatalog.Models[0] with { Id = id };
        return model?.Type == EmulatedModel.Text ? model : null;
    }

    private static JsonObject Usage(EmulatedModel model, ChatPrompt prompt, ChatReply[] answers)
    {
        var completion = answers.Sum(answer => answer.Tokens);
        var reasoning = answers.Sum(answer => ChatTokens.Count(answer.Reasoning));
        return new JsonObject
        {
            ["prompt_tokens"] = prompt.Tokens,
            ["completion_tokens"] = completion,
            ["total_tokens"] = prompt.Tokens + completion,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = reasoning },
            ["cost"] = ((prompt.Tokens * model.InputPrice) + (completion * model.OutputPrice)) / Million,
        };
    }

    private static Reply Write(Exchange exchange, EmulatedModel model, ChatReply[] answers, JsonObject usage, int seed)
    {
        var head = new JsonObject
        {
            ["id"] = $"chatcmpl-{Exchange.Hash(seed, exchange.BodyHash):x8}",
            ["object"] = "chat.completion",
            ["created"] = exchange.Now.ToUnixTimeSeconds(),
            ["model"] = model.Id,
            ["provider"] = model.Provider,
            ["system_fingerprint"] = $"fp_emulator_{seed}",
        };
        if (exchange.Body["stream"]?.GetValueKind() == JsonValueKind.True)
        {
            var withUsage = exchange.Body["stream_options"]?["include_usage"]?.GetValueKind() == JsonValueKind.True;
            return Reply.Stream(ChatEvents.Of(head, answers, withUsage ? usage : null));
        }

        head["choices"] = new JsonArray([.. answers.Select(Choice)]);
        head["usage"] = usage;
        return Reply.Json(head);
    }

    private static JsonNode Choice(ChatReply answer, int index)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text };
        if (answer.Reasoning is not null)
        {
            message["reasoning_content"] = answer.Reasoning;
        }

        if (answer.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. answer.ToolCalls.Select(call => call.ToJson())]);
        }

        return new JsonObject { ["index"] = index, ["message"] = message, ["finish_reason"] = answer.FinishReason };
    }
}
