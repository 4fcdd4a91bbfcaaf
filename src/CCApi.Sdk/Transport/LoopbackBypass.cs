using System;
using System.Net;

namespace CCApi.Sdk;

/// <summary>
/// The proxy of the system, except for this machine: there plain http is allowed, and through a proxy the key would cross the
/// network in clear.
/// </summary>
/// <param name="system">Gets the proxy of the system, which may change.</param>
internal sealed class LoopbackBypass(Func<IWebProxy?> system) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => system()?.Credentials;
        set => throw new NotSupportedException("The credentials are those of the system's proxy.");
    }

    public Uri? GetProxy(Uri destination)
    {
        if (IsBypassed(destination))
        {
            return null;
        }

        return system()?.GetProxy(destination);
    }

    public bool IsBypassed(Uri host) =>
        host.IsLoopback
        || system() is not { } proxy
        || proxy.IsBypassed(host);
}
