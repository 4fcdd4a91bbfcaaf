using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>Reads a request, sends a given response, and closes the connection.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string> _respond;
    private readonly ConcurrentQueue<string> _requests = new();

    public RawServer(string response)
        : this(_ => response)
    {
    }

    /// <param name="respond">Creates the response to a request.</param>
    public RawServer(Func<string, string> respond)
    {
        _respond = respond;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every request, as it came.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            using var connection = await _listener.AcceptSocketAsync();
            var text = "";
            while (!IsWhole(text))
            {
                text += Encoding.ASCII.GetString(buffer, 0, await connection.ReceiveAsync(buffer));
            }

            _requests.Enqueue(text);
            await connection.SendAsync(Encoding.ASCII.GetBytes(_respond(text)));
            connection.Shutdown(SocketShutdown.Both);
        }
    }

    /// <summary>Whether the headers and as much body as they say have arrived.</summary>
    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string name = "Content-Length: ";
        var start = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        var length = start < 0 ? 0 : int.Parse(text.AsSpan(start + name.Length, text.IndexOf("\r\n", start, StringComparison.Ordinal) - start - name.Length), provider: null);
        return text.Length >= end + 4 + length;
    }
}
