using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>Reads each request completely, sends the bytes of its response, whatever they are, and closes the connection.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string> _respond;
    private readonly ConcurrentQueue<string> _requests = new();

    /// <param name="response">The response to every request, one byte for each character.</param>
    public RawServer(string response)
        : this(_ => response)
    {
    }

    /// <param name="respond">Creates the response to a request, one byte for each character.</param>
    public RawServer(Func<string, string> respond)
    {
        _respond = respond;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Heads and bodies of the requests that were received completely.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A complete JSON response.</summary>
    /// <param name="body">The body, in ASCII.</param>
    /// <param name="status">The status and its text.</param>
    /// <param name="headers">Further headers, each with its line end.</param>
    public static string Json(string body, string status = "200 OK", string headers = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The server was disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await ServeAsync(connection.Client, connection.GetStream());
        }
        catch (IOException)
        {
            // The other side has closed.
        }
    }

    private async Task ServeAsync(Socket socket, NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];

        while (!IsComplete(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        var request = text.ToString();
        _requests.Enqueue(request);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(_respond(request)));
        socket.Shutdown(SocketShutdown.Send);

        // Until the other side has read everything and closes: closing before would reset the connection.
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }

    /// <summary>Whether the headers and as much body as they announce were received.</summary>
    private static bool IsComplete(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string name = "Content-Length: ";
        var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));

        return length is null || text.Length >= end + 4 + int.Parse(length.AsSpan(name.Length), provider: CultureInfo.InvariantCulture);
    }
}
