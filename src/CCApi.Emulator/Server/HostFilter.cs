using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>
/// Decides which Host headers the emulator responds to. A page on the web can make its own name resolve to this machine (DNS
/// rebinding); such a name is not in the list.
/// </summary>
internal sealed class HostFilter(IEnumerable<string> allowedHosts)
{
    private readonly HashSet<string> _hosts = new(
        allowedHosts.Concat(["localhost", "127.0.0.1", "[::1]"]), StringComparer.OrdinalIgnoreCase);

    /// <summary>The error for a host that the emulator does not respond to; null for its own.</summary>
    public GatewayResponse? RejectionOf(HttpRequest request)
    {
        var isAllowed = _hosts.Contains(request.Host.Host) || _hosts.Contains(request.Host.Value ?? string.Empty);
        if (isAllowed || _hosts.Contains("*"))
        {
            return null;
        }

        return GatewayResponse.Error(
            421,
            $"The emulator does not respond to the host '{request.Host.Host}'. "
            + "Use 127.0.0.1 or localhost, or add the host to AllowedHosts (--allow-host).",
            "invalid_request_error",
            "invalid_request");
    }
}
