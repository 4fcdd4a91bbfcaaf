using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>Says the same again and again, until the client has heard enough and closes the connection.</summary>
internal sealed class EndlessServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _head;
    private readonly byte[] _piece;
    private long _sent;

    /// <param name="head">What comes first.</param>
    /// <param name="piece">What comes then, without end.</param>
    public EndlessServer(string head, string piece)
        : this(head, Encoding.ASCII.GetBytes(piece))
    {
    }

    public EndlessServer(string head, byte[] piece)
    {
        _head = Encoding.ASCII.GetBytes(head);
        _piece = piece;
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/v1");

    /// <summary>How much the network took; the client may have read less.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>A body of no known length, in pieces.</summary>
    public static EndlessServer Chunked(string status, string mediaType, string start, string piece, string headers = "") =>
        new($"HTTP/1.1 {status} X\r\nContent-Type: {mediaType}\r\n{headers}Transfer-Encoding: chunked\r\n\r\n{Chunk(start)}", Chunk(piece));

    public void Dispose() => _listener.Dispose();

    private static string Chunk(string text) => text.Length == 0 ? "" : $"{text.Length:x}\r\n{text}\r\n";

    private async Task ServeAsync()
    {
        while (true)
        {
            _ = RespondAsync(await _listener.AcceptSocketAsync());
        }
    }

    private async Task RespondAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                // The requests of these tests come in one piece.
                await connection.ReceiveAsync(new byte[64 * 1024]);
                await connection.SendAsync(_head);
                while (true)
                {
                    Interlocked.Add(ref _sent, await connection.SendAsync(_piece));
                }
            }
            catch (SocketException)
            {
                // The client has heard enough.
            }
        }
    }
}
