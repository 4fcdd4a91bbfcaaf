using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Sdk.MonoApp;

/// <summary>A server for one client: it reads a request, responds in chunks, and closes the connection.</summary>
internal sealed class Server : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, (string MediaType, string[] Frames)> _respond;

    public Server(Func<string, (string MediaType, string[] Frames)> respond)
    {
        _respond = respond;
        _listener.Start();
        BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1/"));
        _ = ServeAsync();
    }

    public Uri BaseAddress { get; }

    public string LastRequest { get; private set; } = "";

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        while (true)
        {
            using var connection = await _listener.AcceptTcpClientAsync();
            using var stream = connection.GetStream();
            LastRequest = await ReadAsync(stream);
            var (mediaType, frames) = _respond(LastRequest);
            await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: {mediaType}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            foreach (var frame in frames)
            {
                var length = Encoding.UTF8.GetByteCount(frame) + 2;
                await WriteAsync(stream, $"{length.ToString("x", CultureInfo.InvariantCulture)}\r\n{frame}\n\n\r\n");
            }

            await WriteAsync(stream, "0\r\n\r\n");
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        var text = "";
        while (!IsWhole(text))
        {
            text += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, 0, buffer.Length));
        }

        return text;
    }

    private static bool IsWhole(string text)
    {
        const string name = "Content-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var start = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return end >= 0 && start >= 0
            && text.Length >= end + 4 + int.Parse(text.Substring(start + name.Length, text.IndexOf('\r', start) - start - name.Length), CultureInfo.InvariantCulture);
    }

    private static async Task WriteAsync(NetworkStream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await stream.WriteAsync(bytes, 0, bytes.Length);
        await stream.FlushAsync();
    }
}
