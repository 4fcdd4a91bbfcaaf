using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.AspNetCore.Tests.Support;

/// <summary>A gateway that reads a request and closes the connection.</summary>
internal sealed class ClosingGateway : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private int _requests;

    public ClosingGateway()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/v1/");

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync();
                if (await socket.ReceiveAsync(buffer) > 0)
                {
                    Interlocked.Increment(ref _requests);
                }

                socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (SocketException)
        {
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
