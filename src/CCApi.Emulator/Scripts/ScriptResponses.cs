using System;

namespace CCApi.Emulator;

/// <summary>The responses that rules of code and of files share.</summary>
internal static class ScriptResponses
{
    /// <summary>An error of the gateway; what is null gets what is usual for the status.</summary>
    public static GatewayResponse Error(
        int status, string? message, string? type, string? code, string? param, TimeSpan? retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);

        var (usualType, usualCode) = GatewayErrors.UsualOf(status);

        return GatewayResponse.Error(
            status,
            message ?? $"The script fails this request with {status}.",
            type ?? usualType,
            code ?? usualCode,
            param,
            retryAfter);
    }
}
