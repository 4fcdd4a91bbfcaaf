using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.FaultTests.Support;

/// <summary>A raw server in front of the emulator. It counts the requests, and responds to each as the fault demands.</summary>
internal sealed class FaultyGateway : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, WatchedConnection> _connections = new();
    private readonly CCApiEmulator _emulator;
    private readonly Func<GatewayTurn, Task> _respond;
    private readonly int _faultyRequests;
    private int _requests;

    /// <param name="emulator">What stands behind it.</param>
    /// <param name="response">How it responds.</param>
    /// <param name="faultyRequests">How many requests it responds to so; the others as the emulator does.</param>
    public FaultyGateway(CCApiEmulator emulator, Func<GatewayTurn, Task> response, int faultyRequests)
    {
        _emulator = emulator;
        _respond = response;
        _faultyRequests = faultyRequests;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many requests it received whole.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The clock of the calls: pauses are over at once, and budgets run out when the server moves it.</summary>
    public SkippingTime Clock { get; } = new();

    /// <summary>What went wrong here, and must not.</summary>
    public ConcurrentQueue<Exception> Problems { get; } = new();

    /// <summary>The SDK's own handler, whose connections are watched.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = (SocketsHttpHandler)HttpHandlerFactory.Create(new CCApiTimeoutOptions());
        handler.ConnectCallback = ConnectAsync;
        return handler;
    }

    public void Dispose() => _listener.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            var connection = new WatchedConnection(new NetworkStream(socket, ownsSocket: true));
            _connections[((IPEndPoint)socket.LocalEndPoint!).Port] = connection;
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            _ = RespondAsync(socket);
        }
    }

    private async Task RespondAsync(Socket socket)
    {
        using var _ = socket;
        try
        {
            if (await ReadRequestAsync(socket) is not { } request)
            {
                return;
            }

            var number = Interlocked.Increment(ref _requests);
            var turn = new GatewayTurn(_emulator, socket, _connections[((IPEndPoint)socket.RemoteEndPoint!).Port], Clock, request);
            await (number <= _faultyRequests ? _respond(turn) : turn.PassOnAsync());
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The client went away, as it may.
        }
#pragma warning disable CA1031 // The test looks at them.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Problems.Enqueue(exception);
        }
    }

    private static async Task<byte[]?> ReadRequestAsync(Socket socket)
    {
        using var request = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (!IsWhole(request.GetBuffer().AsSpan(0, (int)request.Length)))
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                return null;
            }

            request.Write(buffer, 0, read);
        }

        return request.ToArray();
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        var end = request.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        const string name = "Content-Length: ";
        var head = Encoding.ASCII.GetString(request[..end]) + "\r\n";
        var start = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        var length = start < 0 ? 0 : int.Parse(head.AsSpan(start + name.Length, head.IndexOf('\r', start) - start - name.Length), provider: null);
        return request.Length >= end + 4 + length;
    }
}
