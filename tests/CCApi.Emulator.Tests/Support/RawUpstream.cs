using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Emulator.Tests.Support;

/// <summary>A server that sends the same bytes to every request, whatever they are, and closes the connection.</summary>
internal sealed class RawUpstream : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly byte[] _response;

    /// <param name="response">The whole response, one byte for each character.</param>
    public RawUpstream(string response)
    {
        _response = Encoding.Latin1.GetBytes(response);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Heads and bodies of the requests.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A whole JSON response.</summary>
    public static string Json(string body, string headers = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RespondAsync(await _listener.AcceptTcpClientAsync(World.Token));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private async Task RespondAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var text = new StringBuilder();
            var buffer = new byte[4096];
            int read;

            while (!IsWhole(text.ToString()) && (read = await stream.ReadAsync(buffer)) > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            _requests.Enqueue(text.ToString());
            await stream.WriteAsync(_response);
            client.Client.Shutdown(SocketShutdown.Send);

            // Until the other side has read everything and closes.
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));

        return length is null || text.Length >= end + 4 + int.Parse(length[16..], CultureInfo.InvariantCulture);
    }
}
