using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.FaultTests.Support;

/// <summary>One request at the raw server, and the means to respond to it wrongly.</summary>
internal sealed class GatewayTurn(CCApiEmulator emulator, Socket socket, WatchedConnection client, SkippingTime clock, byte[] request)
{
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(10);

    private readonly string _head = Encoding.ASCII.GetString(request, 0, request.AsSpan().IndexOf("\r\n\r\n"u8));
    private long _sent;

    /// <summary>Whether a file is asked for, and not the API.</summary>
    public bool IsDownload => Path.StartsWith("/media/", StringComparison.Ordinal);

    public string Path => _head.Split(' ')[1];

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Lets the emulator do the work, and take the money for it.</summary>
    /// <param name="fault">What the emulator itself does wrong.</param>
    public async Task<GatewayResponse> AskEmulatorAsync(EmulatorFault? fault = null)
    {
        if (fault is not null)
        {
            emulator.Faults.Add(fault);
        }

        using var connection = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await connection.ConnectAsync(emulator.BaseAddress.Host, emulator.BaseAddress.Port);

        // Without its key, a request that comes twice is charged twice.
        var head = _head.Split("\r\n").Where(line => !line.StartsWith("Idempotency-Key:", StringComparison.OrdinalIgnoreCase)).Append("Connection: close\r\n\r\n");
        await connection.SendAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head)));
        await connection.SendAsync(request.AsMemory(request.AsSpan().IndexOf("\r\n\r\n"u8) + 4));
        using var stream = new NetworkStream(connection);
        using var response = new MemoryStream();
        await stream.CopyToAsync(response);
        return GatewayResponse.Parse(response.ToArray());
    }

    /// <summary>Responds as the emulator does.</summary>
    public async Task PassOnAsync() => await SendWholeAsync(await AskEmulatorAsync());

    public async Task SendWholeAsync(GatewayResponse response, params string[] headers)
    {
        await SendAsync(response.Head([.. headers, $"Content-Length: {response.Body.Length}", "Connection: close"]));
        await SendAsync(response.Body);
        Close();
    }

    /// <summary>Responds without calling the emulator.</summary>
    public Task SendOwnAsync(int status, string mediaType, string body, params string[] headers) =>
        SendWholeAsync(new GatewayResponse($"HTTP/1.1 {status} Own", [$"Content-Type: {mediaType}"], Encoding.UTF8.GetBytes(body)), headers);

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var sent = await socket.SendAsync(rest);
            _sent += sent;
            rest = rest[sent..];
        }
    }

    /// <summary>Sends pieces until the client has had enough.</summary>
    public async Task SendForeverAsync(string piece)
    {
        var bytes = Encoding.UTF8.GetBytes(piece);
        while (!client.IsClosed)
        {
            await SendAsync(bytes);
        }
    }

    public void Close() => socket.Shutdown(SocketShutdown.Both);

    /// <summary>Breaks the connection, once the client has taken what was sent.</summary>
    public async Task ResetAsync()
    {
        await client.WaitUntilTakenAsync(_sent);
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Lets time pass while the client waits. False when it has given up.</summary>
    public async Task<bool> PassTimeAsync(TimeSpan time)
    {
        await client.WaitUntilTakenAsync(_sent);
        var expired = clock.Expired;
        clock.Advance(time);
        if (clock.Expired > expired)
        {
            // A budget ran out. The client closes the connection, which takes a moment of real time that must not count.
            await WaitUntilClosedAsync();
        }

        return !client.IsClosed;
    }

    public Task WaitUntilClosedAsync() => client.WaitUntilTakenAsync(long.MaxValue);

    /// <summary>Says nothing until the client gives up.</summary>
    public async Task StaySilentAsync()
    {
        while (await PassTimeAsync(_step))
        {
            await Task.Yield();
        }
    }
}
