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
    private static readonly string[] _thinkingTypes = ["enabled", "disabled", "adaptive"];
    private static readonly string[] _modalities = ["text", "audio", "image"];

    private static readonly MemberRules _settings = new MemberRules()
        .Flags("stream", "logprobs", "parallel_tool_calls")
        .Objects("stream_options", "thinking", "response_format", "metadata", "logit_bias")
        .Texts("model", "user")
        .Number("temperature", 0, 2)
        .Number("top_p", 0, 1)
        .Number("presence_penalty", -2, 2)
        .Number("frequency_penalty", -2, 2)
        .Integer("n", 1, 8)
        .Integer("max_tokens", 1, int.MaxValue)
        .Integer("max_completion_tokens", 1, int.MaxValue)
        .Integer("top_logprobs", 0, 20)
        .Integer("top_k", 0, int.MaxValue)
        .Integer("seed", long.MinValue, long.MaxValue)
        .OneOf("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh")
        .OneOf("verbosity", "low", "medium", "high")
        .OneOf("service_tier", "auto", "default", "flex", "scale", "priority", "standard")
        .Member("modalities", AreModalities, $"a list of {string.Join(", ", _modalities)}")
        .Member("stop", IsStop, "a text or a list of texts");

    private static readonly MemberRules _streamOptions = new MemberRules().Flags("include_usage");

    private static readonly MemberRules _thinking = new MemberRules().Texts("type").Integer("budget_tokens", 0, int.MaxValue);

    private static readonly MemberRules _message = new MemberRules()
        .Member("content", IsContent, "a text or a list of parts")
        .Member("tool_calls", AreCalls, "a list of calls, each with a function")
        .Texts("name", "tool_call_id", "refusal", "reasoning_content", "reasoning");

    private static readonly MemberRules _tool = new MemberRules().Texts("type");

    private static readonly MemberRules _function = new MemberRules().Texts("description").Objects("parameters").Flags("strict");

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
            if (models is JsonArray { Count: > 0 } ids && ids.All(MemberRules.IsText))
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

            if (_message.ProblemOf(message, $"messages[{i}].") is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static GatewayResponse? SettingsProblem(JsonObject body)
    {
        if (_settings.ProblemOf(body) is { } problem)
        {
            return problem;
        }

        if (body["top_logprobs"] is not null && body["logprobs"]?.GetValueKind() != JsonValueKind.True)
        {
            return GatewayErrors.Invalid("top_logprobs needs logprobs to be true.", "top_logprobs");
        }

        if (body["stream_options"] is JsonObject streamOptions)
        {
            return _streamOptions.ProblemOf(streamOptions, "stream_options.") ?? ThinkingProblem(body);
        }

        return ThinkingProblem(body);
    }

    private static GatewayResponse? ThinkingProblem(JsonObject body)
    {
        if (body["thinking"] is not JsonObject thinking)
        {
            return null;
        }

        if (MemberRules.IsOneOf(thinking["type"], _thinkingTypes))
        {
            return _thinking.ProblemOf(thinking, "thinking.");
        }

        return GatewayErrors.Invalid($"thinking.type must be one of {string.Join(", ", _thinkingTypes)}.", "thinking");
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

        var problems = (body["tools"] as JsonArray)?.OfType<JsonObject>().Select(ToolProblem) ?? [];

        return problems.FirstOrDefault(problem => problem is not null);
    }

    private static GatewayResponse? ToolProblem(JsonObject tool, int index) =>
        _tool.ProblemOf(tool, $"tools[{index}].")
        ?? _function.ProblemOf((JsonObject)tool["function"]!, $"tools[{index}].function.");

    private static GatewayResponse? ChoiceProblem(JsonObject body)
    {
        var names = (body["tools"] as JsonArray)?.Select(ChatTools.Name).ToList() ?? [];
        return body["tool_choice"] switch
        {
            null => null,
            JsonObject named when names.Contains(ChatTools.Name(named) ?? string.Empty) => null,
            JsonObject => GatewayErrors.Invalid("tool_choice must name a function of tools.", "tool_choice"),
            var mode when !MemberRules.IsText(mode) || !_choices.Contains(mode.GetValue<string>()) =>
                GatewayErrors.Invalid($"tool_choice must be one of {string.Join(", ", _choices)}, or name a function.", "tool_choice"),
            var mode when names.Count == 0 && mode.GetValue<string>() == "required" =>
                GatewayErrors.Invalid("tool_choice 'required' needs tools.", "tool_choice"),
            _ => null,
        };
    }

    private static bool AreModalities(JsonNode node) =>
        node is JsonArray { Count: > 0 } list && list.All(item => MemberRules.IsOneOf(item, _modalities));

    private static bool IsStop(JsonNode node)
    {
        if (node is JsonArray texts)
        {
            return texts.All(MemberRules.IsText);
        }

        return MemberRules.IsText(node);
    }

    private static bool IsContent(JsonNode node) => node.GetValueKind() is JsonValueKind.String or JsonValueKind.Array;

    private static bool AreCalls(JsonNode calls) =>
        calls is JsonArray list && list.All(call => (call as JsonObject)?["function"] is JsonObject);

    private static bool AreTools(JsonNode tools) => tools is JsonArray list && list.All(tool => ChatTools.Name(tool) is not null);
}
