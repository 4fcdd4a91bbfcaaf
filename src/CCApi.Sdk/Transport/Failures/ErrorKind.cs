using System;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>Finds the status that an error means, where the answer's own status does not tell: an error hidden in a 200, or inside a stream.</summary>
internal static class ErrorKind
{
    private static readonly string[] _quotaCodes = ["insufficient_user_quota", "pre_consume_token_quota_failed", "insufficient_quota", "insufficient_funds", "insufficient_balance"];

    // Words of codes and types, the more telling first.
    private static readonly (string Word, int Status)[] _words =
    [
        ("model_not_found", 404), ("no_available", 503), ("unauthorized", 401), ("authentication", 401), ("invalid_api_key", 401), ("invalid_key", 401),
        ("insufficient_permission", 403), ("insufficient_scope", 403), ("insufficient_capacity", 503), ("insufficient_resource", 503),
        ("insufficient", 402), ("billing", 402), ("quota", 402), ("payment", 402),
        ("rate_limit", 429), ("too_many", 429), ("overloaded", 529), ("access_denied", 403), ("permission", 403), ("forbidden", 403), ("moderation", 403),
        ("not_found", 404), ("timeout", 504), ("api_not_implemented", 501), ("invalid_request", 400), ("bad_request", 400), ("invalid", 400), ("context_length", 400),
        ("api_error", 500), ("server_error", 500), ("internal", 500), ("upstream", 502), ("provider", 502),
    ];

    public static bool IsQuota(string? code) => _quotaCodes.Contains(code, StringComparer.OrdinalIgnoreCase);

    public static bool IsModelNotFound(string? code) => string.Equals(code, "model_not_found", StringComparison.OrdinalIgnoreCase);

    /// <summary>The status that a body means; null when it gives no hint.</summary>
    public static int? StatusOf(ErrorBody body) =>
        body.Status ?? StatusOf(body.Code) ?? StatusOf(body.Type);

    /// <summary>The status that a code or a type means; null when it gives no hint.</summary>
    public static int? StatusOf(string? word)
    {
        if (string.IsNullOrEmpty(word))
        {
            return null;
        }

        var name = word!.Replace(' ', '_').Replace('-', '_');
        foreach (var (part, status) in _words)
        {
            if (name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return status;
            }
        }

        return null;
    }
}
