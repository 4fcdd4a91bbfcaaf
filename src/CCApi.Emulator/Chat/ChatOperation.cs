using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Completes chats, plain and streamed.</summary>
internal static class ChatOperation
{
    private const decimal Million = 1_000_000m;

    public static GatewayResponse Run(GatewayRequest request, Accounts accounts, int seed)
    {
        var body = request.Body;
        if (ChatRules.Problem(body) is { } problem)
        {
            return problem;
        }

        if (FindModel(body) is not { } model)
        {
            return GatewayErrors.ModelNotFound(body.Text("model") ?? body["models"]?.ToJsonString() ?? string.Empty);
        }

        request.Model = model.Id;
        if (ChatRules.Unsupported(body, model) is { } rejection)
        {
            return rejection;
        }

        var prompt = ChatPrompt.From(body);
        var choiceSeed = unchecked(seed + (int)(body.Integer("seed") ?? 0));
        var choices = Enumerable.Range(0, body.Number("n") ?? 1).Select(index => ChatChoice.Make(body, prompt, model, unchecked(choiceSeed + index))).ToArray();
        var usage = Usage(model, prompt, choices);
        return accounts.Charge(request, model.Id, usage["cost"]!.GetValue<decimal>()) ?? Write(request, model, choices, usage, seed);
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

    private static JsonObject Usage(EmulatedModel model, ChatPrompt prompt, ChatChoice[] choices)
    {
        var completion = choices.Sum(choice => choice.Tokens);
        var reasoning = choices.Sum(choice => ChatTokens.Count(choice.Reasoning));
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

    private static GatewayResponse Write(GatewayRequest request, EmulatedModel model, ChatChoice[] choices, JsonObject usage, int seed)
    {
        var head = new JsonObject
        {
            ["id"] = $"chatcmpl-{GatewayRequest.Hash(seed, request.BodyHash):x8}",
            ["object"] = "chat.completion",
            ["created"] = request.Now.ToUnixTimeSeconds(),
            ["model"] = model.Id,
            ["provider"] = model.Provider,
            ["system_fingerprint"] = $"fp_emulator_{seed}",
        };
        if (request.Body["stream"]?.GetValueKind() == JsonValueKind.True)
        {
            var withUsage = request.Body["stream_options"]?["include_usage"]?.GetValueKind() == JsonValueKind.True;
            return GatewayResponse.Stream(ChatEvents.Of(head, choices, withUsage ? usage : null));
        }

        head["choices"] = new JsonArray([.. choices.Select(Choice)]);
        head["usage"] = usage;
        return GatewayResponse.Json(head);
    }

    private static JsonNode Choice(ChatChoice choice, int index)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = choice.Text };
        if (choice.Reasoning is not null)
        {
            message["reasoning_content"] = choice.Reasoning;
        }

        if (choice.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. choice.ToolCalls.Select(call => call.ToJson())]);
        }

        return new JsonObject { ["index"] = index, ["message"] = message, ["finish_reason"] = choice.FinishReason };
    }
}
