using System;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Support;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>One request at the server, and what a script can do with it.</summary>
/// <param name="run">The cell.</param>
/// <param name="request">The request.</param>
/// <param name="attempt">How many requests came before it for the same response.</param>
/// <param name="socket">The server's end.</param>
/// <param name="client">The client's end; null when the client made the connection with a handler of its own.</param>
internal sealed class JointTurn(JointRun run, JointRequest request, int attempt, Socket socket, WatchedConnection? client)
{
    private const string Page = "<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

    private long _sent;
    private int _sentOfBody;
    private bool _isCharged;

    public JointRun Run => run;

    public JointRequest Request => request;

    public int Attempt => attempt;

    /// <summary>Whether the test sees what the client reads, without the help of a reader.</summary>
    public bool IsWatched => client is not null;

    /// <summary>The successful response.</summary>
    public JointResponse Response { get; } = JointResponse.Of(run.Call, run.Position, run.Media);

    /// <summary>The work is done and has its price, whatever becomes of the response.</summary>
    public void Charge()
    {
        if (request.IsPost && !_isCharged)
        {
            _isCharged = true;
            run.AddCharge();
        }
    }

    /// <summary>Sends the successful response.</summary>
    public async Task RespondAsync()
    {
        await BeginAsync(Response.IsEventStream ? "Connection: close" : $"Content-Length: {Response.Length}\r\nConnection: close");
        await FinishAsync(from: 0);
    }

    /// <summary>Sends the head of a successful response.</summary>
    public async Task BeginAsync(string framing)
    {
        Charge();
        await SendTextAsync($"HTTP/1.1 200 OK\r\nContent-Type: {Response.MediaType}\r\n{framing}\r\n\r\n");
        _sentOfBody = 0;
    }

    /// <summary>Sends the head and the pieces that a reader receives before the fault.</summary>
    public async Task OpenAsync(string framing = "Connection: close")
    {
        await BeginAsync(framing);
        await SendPiecesAsync(0, Response.Opening);
    }

    /// <summary>Sends the rest of a response and closes the connection.</summary>
    public async Task FinishAsync(int from)
    {
        // The next request may come before this method has returned.
        run.Advance();
        await SendPiecesAsync(from, Response.Pieces.Length);
        socket.Shutdown(SocketShutdown.Both);
    }

    public async Task SendPiecesAsync(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await SendBodyAsync(Response.Pieces[i]);
        }
    }

    public Task SendTextAsync(string text) => SendBodyAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends another response, for which nothing is charged.</summary>
    public async Task FailAsync(int status, string body, string mediaType = "application/json", string headers = "")
    {
        await SendTextAsync($"HTTP/1.1 {status} Own\r\nContent-Type: {mediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}");
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>The page of a proxy that lost the response of the gateway.</summary>
    public Task FailWithPageAsync()
    {
        Charge();
        return FailAsync(502, Page, "text/html");
    }

    /// <summary>An error in the place of a successful response: the body, or the first event.</summary>
    public Task HideAsync(string error) =>
        Response.IsEventStream ? FailAsync(200, $"data: {error}\n\n", Response.MediaType) : FailAsync(200, error);

    public void Close() => socket.Shutdown(SocketShutdown.Both);

    /// <summary>Breaks the connection once the client has taken what was sent.</summary>
    public async Task ResetAsync()
    {
        await TakenAsync();
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Ends when the client has taken what was sent and waits for more.</summary>
    public Task TakenAsync() => client?.WaitUntilTakenAsync(_sent) ?? run.ReadAsync(_sentOfBody);

    /// <summary>Lets time pass while the client waits.</summary>
    public async Task PassAsync(double seconds)
    {
        await TakenAsync();
        run.Clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Sends a heartbeat every 30 s.</summary>
    public async Task BeatAsync(int times, string heartbeat)
    {
        for (var i = 0; i < times; i++)
        {
            await SendTextAsync(heartbeat);
            await PassAsync(30);
        }
    }

    /// <summary>Ends when the client has closed the connection.</summary>
    public async Task ClosedAsync()
    {
        var buffer = new byte[16];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
            // Nothing more is expected.
        }
    }

    private async Task SendBodyAsync(ReadOnlyMemory<byte> bytes)
    {
        _sentOfBody += bytes.Length;
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var sent = await socket.SendAsync(rest);
            _sent += sent;
            rest = rest[sent..];
        }
    }
}
