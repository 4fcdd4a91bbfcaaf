using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>The answers that several operations give, and readings of their bodies.</summary>
internal static class Replies
{
    public static Reply Invalid(string message, string param) => Reply.Error(400, message, "invalid_request_error", "invalid_request", param);

    /// <summary>Gateways of this family answer 503 here (observed).</summary>
    public static Reply NoSuchModel(string model) =>
        Reply.Error(503, $"No available provider for model {model}", "new_api_error", "model_not_found", "model");

    public static string? Text(this JsonObject body, string name) => body[name] is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    public static int? Number(this JsonObject body, string name) =>
        body[name] is JsonValue node && node.GetValueKind() == JsonValueKind.Number && node.TryGetValue<int>(out var number) ? number : null;
}
