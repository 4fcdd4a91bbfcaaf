using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Completes chats, plain and streamed.</summary>
internal static class ChatOperation
{
    /// <param name="request">The request.</param>
    /// <param name="accounts">Charges it.</param>
    /// <param name="seed">The seed of the emulator.</param>
    /// <param name="script">What a script gives as the completion; null to make one up.</param>
    public static GatewayResponse Run(GatewayRequest request, Accounts accounts, int seed, ScriptedChat? script)
    {
        var body = request.Body;
        if (ChatRules.Problem(body) is { } problem)
        {
            return problem;
        }

        if ((FindModel(body) ?? ScriptedModel(body, script)) is not { } model)
        {
            return GatewayErrors.ModelNotFound(body.Text("model") ?? body["models"]?.ToJsonString() ?? string.Empty);
        }

        request.Model = model.Id;
        if (script is null && ChatRules.Unsupported(body, model) is { } rejection)
        {
            return rejection;
        }

        var prompt = ChatPrompt.From(body);
        ChatChoice[] choices;

        try
        {
            choices = script is null ? MakeUp(body, prompt, model, seed) : FromScript(request, script);
        }
        catch (UnfilledSchemaException exception)
        {
            return UnfilledSchema(body, exception.Keyword);
        }

        var usage = script?.Usage is { } scripted ? Usage(model, scripted) : Usage(model, prompt, choices);
        request.Tokens = usage["total_tokens"]!.GetValue<int>();

        return request.TryCharge(accounts, model.Id, usage["cost"]!.GetValue<decimal>())
            ?? Write(request, script?.Model ?? model.Id, model.Provider, choices, usage, seed);
    }

    private static GatewayResponse UnfilledSchema(JsonObject body, string keyword)
    {
        var isFormat = (body["response_format"] as JsonObject)?.Text("type") == "json_schema";
        var param = isFormat ? "response_format" : "tools";
        var message = $"Invalid schema in {param}: the emulator finds no value for the keyword '{keyword}'. Script the response instead.";

        return GatewayErrors.Invalid(message, param);
    }

    private static ChatChoice[] MakeUp(JsonObject body, ChatPrompt prompt, EmulatedModel model, int seed)
    {
        var choiceSeed = unchecked(seed + (int)(body.Integer("seed") ?? 0));
        var count = body.Number("n") ?? 1;

        return [.. Enumerable.Range(0, count).Select(index => ChatChoice.Make(body, prompt, model, unchecked(choiceSeed + index)))];
    }

    private static ChatChoice[] FromScript(GatewayRequest request, ScriptedChat script)
    {
        var count = script.Choices ?? request.Body.Number("n") ?? 1;
        var seeds = Enumerable.Range(0, count).Select(index => FormattableString.Invariant($"{request.Number}-{index}"));

        return [.. seeds.Select(seed => ChatChoice.From(script, seed))];
    }

    /// <summary>A script may complete requests for models that nobody serves.</summary>
    private static EmulatedModel? ScriptedModel(JsonObject body, ScriptedChat? script)
    {
        var id = body.Text("model") ?? (body["models"] as JsonArray)?[0]?.GetValue<string>();
        if (script is null || id is null)
        {
            return null;
        }

        return EmulatedModel.Unknown(id, EmulatedModel.Text);
    }

    /// <summary>
    /// The first candidate that is served: <c>models</c> is a list for failover, in which models that fail on demand are passed
    /// over.
    /// </summary>
    private static EmulatedModel? FindModel(JsonObject body)
    {
        string[] candidates = [body.Text("model")!];
        if (body["models"] is JsonArray { Count: > 0 } models)
        {
            candidates = models.Select(id => id!.GetValue<string>()).ToArray();
        }

        var isFailover = candidates.Length > 1;

        return candidates.Select(id => Find(id, isFailover)).FirstOrDefault(model => model is not null);
    }

    private static EmulatedModel? Find(string id, bool isFailover)
    {
        if (EmulatorFaults.OfModel(id) is not null)
        {
            if (isFailover)
            {
                return null;
            }

            return EmulatedCatalog.Models[0] with { Id = id };
        }

        var model = EmulatedCatalog.Find(id);

        if (model?.Type == EmulatedModel.Text)
        {
            return model;
        }

        return null;
    }

    private static JsonObject Usage(EmulatedModel model, ScriptedUsage usage) => new()
    {
        ["prompt_tokens"] = usage.PromptTokens,
        ["completion_tokens"] = usage.CompletionTokens,
        ["total_tokens"] = usage.PromptTokens + usage.CompletionTokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CachedTokens },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage.ReasoningTokens },
        ["cost"] = usage.Cost
            ?? model.Price.OfTokens(usage.PromptTokens, usage.CachedTokens, usage.CompletionTokens, usage.ReasoningTokens),
    };

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
            ["cost"] = model.Price.OfTokens(prompt.Tokens, cached: 0, completion, reasoning),
        };
    }

    private static GatewayResponse Write(
        GatewayRequest request, string model, string provider, ChatChoice[] choices, JsonObject usage, int seed)
    {
        var head = new JsonObject
        {
            ["id"] = $"chatcmpl-{GatewayRequest.Hash(seed, request.BodyHash):x8}",
            ["object"] = "chat.completion",
            ["created"] = request.Now.ToUnixTimeSeconds(),
            ["model"] = model,
            ["provider"] = provider,
            ["system_fingerprint"] = $"fp_emulator_{seed}",
        };

        var logprobs = ChatLogprobs.For(request.Body, seed);
        if (request.Body["stream"]?.GetValueKind() == JsonValueKind.True)
        {
            var withUsage = request.Body["stream_options"]?["include_usage"]?.GetValueKind() == JsonValueKind.True;
            return GatewayResponse.Stream(ChatEvents.Of(head, choices, withUsage ? usage : null, logprobs));
        }

        head["choices"] = new JsonArray([.. choices.Select((choice, index) => Choice(choice, index, logprobs))]);
        head["usage"] = usage;

        return GatewayResponse.Json(head);
    }

    private static JsonObject Choice(ChatChoice choice, int index, ChatLogprobs? logprobs)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = choice.Text };
        if (choice.Refusal is not null)
        {
            message["refusal"] = choice.Refusal;
        }

        if (choice.Reasoning is not null)
        {
            message["reasoning_content"] = choice.Reasoning;
        }

        if (choice.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. choice.ToolCalls.Select(call => call.ToJson())]);
        }

        var written = new JsonObject { ["index"] = index, ["message"] = message, ["finish_reason"] = choice.FinishReason };
        if (logprobs is not null)
        {
            written["logprobs"] = logprobs.Of(choice.TextPieces, choice.Refusal);
        }

        return written;
    }
}
