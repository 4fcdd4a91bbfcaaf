using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>What a chat request must be.</summary>
internal static class ChatRules
{
    private static readonly string[] _roles = ["system", "developer", "user", "assistant", "tool", "function"];
    private static readonly string[] _booleans = ["stream", "logprobs", "parallel_tool_calls"];
    private static readonly (string Name, double Least, double Most)[] _ranges =
    [
        ("temperature", 0, 2), ("top_p", 0, 1), ("n", 1, 8), ("max_tokens", 1, int.MaxValue), ("max_completion_tokens", 1, int.MaxValue),
        ("presence_penalty", -2, 2), ("frequency_penalty", -2, 2), ("top_logprobs", 0, 20), ("top_k", 0, int.MaxValue),
    ];

    /// <summary>The answer to a request that is wrong, else null.</summary>
    public static Reply? Problem(JsonObject body)
    {
        if (body["models"] is JsonArray models)
        {
            if (models.Count == 0 || models.Any(id => id?.GetValueKind() != JsonValueKind.String))
            {
                return Replies.Invalid("models must be a list of model ids.", "models");
            }
        }
        else if (string.IsNullOrWhiteSpace(body.Text("model")))
        {
            return Replies.Invalid("model is required.", "model");
        }

        if (body["messages"] is not JsonArray { Count: > 0 } messages)
        {
            return Replies.Invalid("messages must hold at least one message.", "messages");
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not JsonObject message || !_roles.Contains(message.Text("role")))
            {
                return Replies.Invalid($"messages[{i}].role must be one of {string.Join(", ", _roles)}.", $"messages[{i}].role");
            }

            if (message["content"] is { } content && content.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Array))
            {
                return Replies.Invalid($"messages[{i}].content must be a text or a list of parts.", $"messages[{i}].content");
            }
        }

        foreach (var name in _booleans)
        {
            if (body[name] is { } flag && flag.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            {
                return Replies.Invalid($"{name} must be true or false.", name);
            }
        }

        foreach (var (name, least, most) in _ranges)
        {
            if (body[name] is { } number && (number.GetValueKind() != JsonValueKind.Number || number.GetValue<double>() < least || number.GetValue<double>() > most))
            {
                return Replies.Invalid(FormattableString.Invariant($"{name} must be a number from {least} to {most}."), name);
            }
        }

        return null;
    }

    /// <summary>The answer when the model cannot do what is asked, else null.</summary>
    public static Reply? Refusal(JsonObject body, EmulatedModel model)
    {
        if (body["response_format"]?["type"]?.ToString() == "json_schema" && !model.Has(ModelTraits.Json))
        {
            return Replies.Invalid($"{model.Id} does not support response_format json_schema.", "response_format");
        }

        return body["tools"] is JsonArray { Count: > 0 } && !model.Has(ModelTraits.Tools) ? Replies.Invalid($"{model.Id} does not support tools.", "tools") : null;
    }
}
