namespace CCApi.Emulator;

/// <summary>The errors that several operations return.</summary>
internal static class GatewayErrors
{
    public static GatewayResponse Invalid(string message, string param) =>
        GatewayResponse.Error(400, message, "invalid_request_error", "invalid_request", param);

    /// <summary>Gateways of this family respond with 503 here (observed).</summary>
    public static GatewayResponse ModelNotFound(string model) =>
        GatewayResponse.Error(
            503, $"No available provider for model {model}", "new_api_error", "model_not_found", "model");

    public static GatewayResponse From(AccountRejection rejection) =>
        GatewayResponse.Error(
            rejection.Status,
            rejection.Message,
            rejection.Type,
            rejection.Code,
            rejection.Param,
            rejection.RetryAfter);

    /// <summary>The type and code that usually come with a status.</summary>
    public static (string Type, string Code) UsualOf(int status) => status switch
    {
        401 => ("invalid_request_error", "unauthorized"),
        402 => ("billing_error", "insufficient_funds"),
        403 => ("invalid_request_error", "access_denied"),
        404 => ("invalid_request_error", "not_found"),
        429 => ("rate_limit_error", "rate_limit_exceeded"),
        < 500 => ("invalid_request_error", "invalid_request"),
        _ => ("api_error", "upstream_error"),
    };
}
