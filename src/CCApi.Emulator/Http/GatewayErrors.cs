namespace CCApi.Emulator;

/// <summary>The errors that several operations return.</summary>
internal static class GatewayErrors
{
    public static GatewayResponse Invalid(string message, string param) => GatewayResponse.Error(400, message, "invalid_request_error", "invalid_request", param);

    /// <summary>Gateways of this family respond with 503 here (observed).</summary>
    public static GatewayResponse ModelNotFound(string model) =>
        GatewayResponse.Error(503, $"No available provider for model {model}", "new_api_error", "model_not_found", "model");
}
