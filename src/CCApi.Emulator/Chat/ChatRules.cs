using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>What a chat request must be. A member that is null counts as missing.</summary>
internal static class ChatRules
{
    private static readonly string[] _roles = ["system", "developer", "user", "assistant", "tool", "function"];
    private static readonly string[] _formats = ["text", "json_object", "json_schema"];
    private static readonly string[] _choices = ["none", "auto", "required"];
    private static readonly string[] _efforts = ["none", "minimal", "low", "medium", "high", "xhigh"];
    private static readonly string[] _thinking = ["enabled", "disabled", "adaptive"];
    private static readonly string[] _verbosities = ["low", "medium", "high"];
    private static readonly string[] _tiers = ["auto", "default", "flex", "scale", "priority", "standard"];
    private static readonly string[] _modalities = ["text", "audio", "image"];
    private static readonly string[] _booleans = ["stream", "logprobs", "parallel_tool_calls"];
    private static readonly string[] _objects = ["stream_options", "thinking", "response_format", "metadata", "logit_bias"];
    private static readonly (string Name, double Least, double Most)[] _numbers =
    [
        ("temperature", 0, 2), ("top_p", 0, 1), ("presence_penalty", -2, 2), ("frequency_penalty", -2, 2),
    ];

    private static readonly (string Name, long Least, long Most)[] _integers =
    [
        ("n", 1, 8), ("max_tokens", 1, int.MaxValue), ("max_completion_tokens", 1, int.MaxValue),
        ("top_logprobs", 0, 20), ("top_k", 0, int.MaxValue),
        ("seed", long.MinValue, long.MaxValue),
    ];

    /// <summary>Returns the error of an invalid request, else null.</summary>
    public static GatewayResponse? Problem(JsonObject body) =>
        ModelProblem(body)
        ?? MessagesProblem(body)
        ?? SettingsProblem(body)
        ?? FormatProblem(body)
        ?? ToolsProblem(body)
        ?? ChoiceProblem(body);

    /// <summary>Returns the error when the model does not support the request, else null.</summary>
    public static GatewayResponse? Unsupported(JsonObject body, EmulatedModel model)
    {
        if ((body["response_format"] as JsonObject)?.Text("type") == "json_schema" && !model.Has(ModelTraits.Json))
        {
            return GatewayErrors.Invalid($"{model.Id} does not support response_format json_schema.", "response_format");
        }

        return null;
    }

    private static GatewayResponse? ModelProblem(JsonObject body)
    {
        if (body["models"] is { } models)
        {
            if (models is JsonArray { Count: > 0 } ids && ids.All(IsText))
            {
                return null;
            }

            return GatewayErrors.Invalid("models must be a list of model ids.", "models");
        }

        if (string.IsNullOrWhiteSpace(body.Text("model")))
        {
            return GatewayErrors.Invalid("model is required.", "model");
        }

        return null;
    }

    private static GatewayResponse? MessagesProblem(JsonObject body)
    {
        if (body["messages"] is not JsonArray { Count: > 0 } messages)
        {
            return GatewayErrors.Invalid("messages must hold at least one message.", "messages");
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not JsonObject message || !_roles.Contains(message.Text("role")))
            {
                return GatewayErrors.Invalid($"messages[{i}].role must be one of {string.Join(", ", _roles)}.", $"messages[{i}].role");
            }

            if (message["content"] is { } content && content.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Array))
            {
                return GatewayErrors.Invalid($"messages[{i}].content must be a text or a list of parts.", $"messages[{i}].content");
            }

            if (message["tool_calls"] is { } calls && !AreCalls(calls))
            {
                var place = $"messages[{i}].tool_calls";
                return GatewayErrors.Invalid($"{place} must be a list of calls, each with a function.", place);
            }
        }

        return null;
    }

    private static GatewayResponse? SettingsProblem(JsonObject body)
    {
        if (_booleans.FirstOrDefault(name => !IsMissingOrFlag(body[name])) is { } wrongFlag)
        {
            return GatewayErrors.Invalid($"{wrongFlag} must be true or false.", wrongFlag);
        }

        if (_objects.FirstOrDefault(name => body[name] is not (null or JsonObject)) is { } wrongObject)
        {
            return GatewayErrors.Invalid($"{wrongObject} must be an object.", wrongObject);
        }

        foreach (var (name, least, most) in _numbers)
        {
            if (body[name] is { } number && !IsWithin(number, least, most))
            {
                return GatewayErrors.Invalid(FormattableString.Invariant($"{name} must be a number from {least} to {most}."), name);
            }
        }

        foreach (var (name, least, most) in _integers)
        {
            if (body[name] is { } number && !(body.Integer(name) >= least && body.Integer(name) <= most))
            {
                return GatewayErrors.Invalid(FormattableString.Invariant($"{name} must be a whole number from {least} to {most}."), name);
            }
        }

        if (body["reasoning_effort"] is { } effort && !IsOneOf(effort, _efforts))
        {
            return GatewayErrors.Invalid($"reasoning_effort must be one of {string.Join(", ", _efforts)}.", "reasoning_effort");
        }

        if (body["verbosity"] is { } verbosity && !IsOneOf(verbosity, _verbosities))
        {
            return GatewayErrors.Invalid($"verbosity must be one of {string.Join(", ", _verbosities)}.", "verbosity");
        }

        if (body["service_tier"] is { } tier && !IsOneOf(tier, _tiers))
        {
            return GatewayErrors.Invalid($"service_tier must be one of {string.Join(", ", _tiers)}.", "service_tier");
        }

        if (body["modalities"] is { } modalities && !AreModalities(modalities))
        {
            return GatewayErrors.Invalid($"modalities must be a list of {string.Join(", ", _modalities)}.", "modalities");
        }

        if (body["top_logprobs"] is not null && body["logprobs"]?.GetValueKind() != JsonValueKind.True)
        {
            return GatewayErrors.Invalid("top_logprobs needs logprobs to be true.", "top_logprobs");
        }

        if (body["thinking"] is JsonObject thinking && !IsOneOf(thinking["type"], _thinking))
        {
            return GatewayErrors.Invalid($"thinking.type must be one of {string.Join(", ", _thinking)}.", "thinking");
        }

        if (body["stop"] is { } stop && !IsText(stop) && (stop as JsonArray)?.All(IsText) != true)
        {
            return GatewayErrors.Invalid("stop must be a text or a list of texts.", "stop");
        }

        return null;
    }

    private static GatewayResponse? FormatProblem(JsonObject body)
    {
        if (body["response_format"] is not JsonObject format)
        {
            return null;
        }

        if (!_formats.Contains(format.Text("type")))
        {
            return GatewayErrors.Invalid($"response_format.type must be one of {string.Join(", ", _formats)}.", "response_format");
        }

        if (format.Text("type") == "json_schema" && (format["json_schema"] as JsonObject)?["schema"] is not JsonObject)
        {
            return GatewayErrors.Invalid("response_format.json_schema.schema must be a JSON schema.", "response_format");
        }

        return null;
    }

    private static GatewayResponse? ToolsProblem(JsonObject body)
    {
        if (body["tools"] is { } tools && !AreTools(tools))
        {
            return GatewayErrors.Invalid("tools must be a list of tools, each with a function that has a name.", "tools");
        }

        return null;
    }

    private static GatewayResponse? ChoiceProblem(JsonObject body)
    {
        var names = (body["tools"] as JsonArray)?.Select(ChatTools.Name).ToList() ?? [];
        return body["tool_choice"] switch
        {
            null => null,
            JsonObject named when names.Contains(ChatTools.Name(named) ?? string.Empty) => null,
            JsonObject => GatewayErrors.Invalid("tool_choice must name a function of tools.", "tool_choice"),
            var mode when !IsText(mode) || !_choices.Contains(mode.GetValue<string>()) =>
                GatewayErrors.Invalid($"tool_choice must be one of {string.Join(", ", _choices)}, or name a function.", "tool_choice"),
            var mode when names.Count == 0 && mode.GetValue<string>() == "required" =>
                GatewayErrors.Invalid("tool_choice 'required' needs tools.", "tool_choice"),
            _ => null,
        };
    }

    private static bool AreModalities(JsonNode node) =>
        node is JsonArray { Count: > 0 } list && list.All(item => IsOneOf(item, _modalities));

    private static bool AreCalls(JsonNode calls) =>
        calls is JsonArray list && list.All(call => (call as JsonObject)?["function"] is JsonObject);

    private static bool AreTools(JsonNode tools) => tools is JsonArray list && list.All(tool => ChatTools.Name(tool) is not null);

    private static bool IsMissingOrFlag(JsonNode? node) => node is null || node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static bool IsWithin(JsonNode node, double least, double most)
    {
        if (node.GetValueKind() != JsonValueKind.Number)
        {
            return false;
        }

        var number = node.GetValue<double>();

        return number >= least && number <= most;
    }

    private static bool IsOneOf(JsonNode? node, string[] values) => IsText(node) && values.Contains(node!.GetValue<string>());

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;
}
