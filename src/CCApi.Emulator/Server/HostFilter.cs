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

    public bool Allows(HttpRequest request) => _hosts.Contains("*") || _hosts.Contains(request.Host.Host);
}
