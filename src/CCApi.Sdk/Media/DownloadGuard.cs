using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
#if !NETSTANDARD2_0
using System.IO;
using System.Net.Http;
#endif

namespace CCApi.Sdk;

/// <summary>
/// Keeps downloads away from addresses that are not on the public internet, unless the gateway itself has such an address.
/// </summary>
/// <remarks>
/// A response could otherwise make a server fetch what only that server can reach. The check is part of the connection, so that a
/// name cannot resolve to another address after it.
/// </remarks>
#if !NETSTANDARD2_0
[System.Runtime.Versioning.UnsupportedOSPlatform("browser")]
#endif
internal sealed class DownloadGuard
{
    private readonly Uri _baseAddress;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    /// <param name="baseAddress">The address of the gateway.</param>
    /// <param name="resolve">Resolves a name or an IP address in text form.</param>
    public DownloadGuard(Uri baseAddress, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _baseAddress = baseAddress;
        _resolve = resolve ?? ResolveAsync;
    }

    /// <summary>Resolves a host to the addresses that may be connected to.</summary>
    /// <exception cref="CCApiDownloadException">There are none.</exception>
    public async Task<IPAddress[]> AllowedAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await _resolve(host, cancellationToken).ConfigureAwait(false);
        if (addresses.All(PublicAddress.Is) || await IsGatewayPrivateAsync(cancellationToken).ConfigureAwait(false))
        {
            return addresses;
        }

        var allowed = addresses.Where(PublicAddress.Is).ToArray();
        if (allowed.Length == 0)
        {
            throw Rejected(host);
        }

        return allowed;
    }

    private static CCApiDownloadException Rejected(string host) =>
        new($"The download from {host} was rejected: the host has a private, loopback or otherwise not public address. "
            + "Set CCApiClientOptions.AllowDownload if it may be fetched.");

    private async Task<bool> IsGatewayPrivateAsync(CancellationToken cancellationToken)
    {
        if (_baseAddress.IsLoopback)
        {
            return true;
        }

        try
        {
            var addresses = await _resolve(_baseAddress.IdnHost, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0 && !addresses.Any(PublicAddress.Is);
        }
        catch (SocketException)
        {
            return false;
        }
    }

#if NETSTANDARD2_0
    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address) ? Task.FromResult(new[] { address }) : Dns.GetHostAddressesAsync(host);
#else
    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }

        return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connects for a <see cref="SocketsHttpHandler"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endPoint = context.DnsEndPoint;
        var target = context.InitialRequestMessage.RequestUri!.IdnHost.Trim('[', ']');
        var isProxied = !string.Equals(endPoint.Host, target, StringComparison.OrdinalIgnoreCase);
        if (!isProxied)
        {
            return await ConnectAsync(
                await AllowedAsync(endPoint.Host, cancellationToken).ConfigureAwait(false),
                endPoint.Port,
                cancellationToken).ConfigureAwait(false);
        }

        await CheckBehindProxyAsync(target, cancellationToken).ConfigureAwait(false);

        return await ConnectAsync(
            await _resolve(endPoint.Host, cancellationToken).ConfigureAwait(false),
            endPoint.Port,
            cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<Stream> ConnectAsync(
        IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The proxy of the machine resolves the name; often it alone can.</summary>
    private async Task CheckBehindProxyAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            await AllowedAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // Not known here: it is the proxy's to decide.
        }
    }
#endif
}
