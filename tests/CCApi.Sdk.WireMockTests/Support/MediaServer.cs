using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>A server that sends as much of a body as the test wants, and then holds the connection open.</summary>
internal sealed class MediaServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, Stream, Task> _respond;
    private readonly ConcurrentQueue<string> _requests = new();

    public MediaServer(Func<string, Stream, Task> respond)
    {
        _respond = respond;
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The head of every request.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task WriteHeadAsync(Stream stream, string mediaType, long length, string status = "200 OK")
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: {mediaType}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
    }

    public static async Task WriteJsonAsync(Stream stream, string json, string status = "200 OK")
    {
        await WriteHeadAsync(stream, "application/json", json.Length, status);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(json));
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            _ = RespondAsync(await _listener.AcceptSocketAsync());
        }
    }

    private async Task RespondAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var buffer = new byte[64 * 1024];
        var text = "";
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return;
            }

            text += Encoding.ASCII.GetString(buffer, 0, read);
        }

        _requests.Enqueue(text);
        try
        {
            await _respond(text, stream);
        }
        catch (IOException)
        {
            // The client was killed.
        }
    }
}
