using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Support;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>A raw server of two origins, the API and the host of media. It reads one request from each connection and gives it to a script.</summary>
internal sealed class JointServer : IDisposable
{
    private readonly TcpListener _api = new(IPAddress.Loopback, 0);
    private readonly TcpListener _media = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, WatchedConnection> _connections = new();
    private readonly ConcurrentQueue<Task> _served = new();
    private readonly Func<JointRequest, Socket, WatchedConnection?, Task> _serve;

    public JointServer(Func<JointRequest, Socket, WatchedConnection?, Task> serve)
    {
        _serve = serve;
        _api.Start();
        _media.Start();
        _ = AcceptAsync(_api, isMedia: false);
        _ = AcceptAsync(_media, isMedia: true);
    }

    public Uri Api => new($"http://{_api.LocalEndpoint}/");

    public Uri Media => new($"http://{_media.LocalEndpoint}/");

    /// <summary>What failed here, and must not.</summary>
    public ConcurrentQueue<Exception> Problems { get; } = new();

    /// <summary>Ends when every request that was received has been served, which includes that a held connection was closed by the client.</summary>
    public Task ServedAsync() => Task.WhenAll(_served);

    /// <summary>A handler like the SDK's own, whose connections are watched.</summary>
    /// <param name="connecting">Called before each connection; what it throws is why there is none.</param>
    public SocketsHttpHandler CreateHandler(Action connecting) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = async (context, cancellationToken) =>
        {
            connecting();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return _connections[((IPEndPoint)socket.LocalEndPoint!).Port] = new WatchedConnection(new NetworkStream(socket, ownsSocket: true));
        },
    };

    public void Dispose()
    {
        _api.Dispose();
        _media.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, bool isMedia)
    {
        while (true)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync();
                socket.NoDelay = true;
                _served.Enqueue(ServeAsync(socket, isMedia));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, bool isMedia)
    {
        using var owned = socket;
        try
        {
            if (await ReadRequestAsync(socket, isMedia) is { } request)
            {
                _connections.TryGetValue(((IPEndPoint)socket.RemoteEndPoint!).Port, out var client);
                await _serve(request, socket, client);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The client has gone, as it may.
        }
#pragma warning disable CA1031 // The test looks at them.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Problems.Enqueue(exception);
        }
    }

    private static async Task<JointRequest?> ReadRequestAsync(Socket socket, bool isMedia)
    {
        using var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                return null;
            }

            received.Write(buffer, 0, read);
            var text = Encoding.UTF8.GetString(received.GetBuffer(), 0, (int)received.Length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            // All bodies of these tests are ASCII.
            var request = new JointRequest(text[..end], text[(end + 4)..], isMedia);
            if (request.Body.Length >= int.Parse(request.Header("Content-Length") ?? "0", provider: null))
            {
                return request;
            }
        }
    }
}
