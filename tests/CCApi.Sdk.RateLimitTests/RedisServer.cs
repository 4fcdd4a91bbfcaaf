using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Garnet;

namespace CCApi.Sdk.RateLimitTests;

/// <summary>A server in this process that speaks the protocol of Redis, on loopback.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly GarnetServer _server;
    private bool _isDisposed;

    private RedisServer(GarnetServer server, int port)
    {
        _server = server;
        Configuration = string.Create(
            CultureInfo.InvariantCulture, $"127.0.0.1:{port},connectTimeout=20000,syncTimeout=5000,asyncTimeout=5000");
    }

    /// <summary>What clients connect with.</summary>
    public string Configuration { get; }

    public static RedisServer Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Start(FreePort());
            }
            catch (SocketException) when (attempt < 5)
            {
                // Another process took the port meanwhile.
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _server.Dispose();
        }

        return default;
    }

    private static RedisServer Start(int port)
    {
        var server = new GarnetServer(
        [
            "--bind", "127.0.0.1",
            "--port", port.ToString(CultureInfo.InvariantCulture),

            // Limiters are scripts.
            "--lua", "true",
            "--lua-transaction-mode", "true",
            "--memory", "64m",
            "--page", "4m",
            "--index", "1m",
            "--logger-level", "Warning",
        ]);
        server.Start();
        return new RedisServer(server, port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
