using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>
/// Forwards requests to another server and records the exchanges. A line is written when its exchange is complete. Thread-safe.
/// </summary>
internal sealed class CassetteRecorder : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    // Secret, or true of the upstream only.
    private static readonly HashSet<string> _notRecorded = new(CassetteFormat.OfConnection, StringComparer.OrdinalIgnoreCase)
    {
        "Proxy-Authenticate", "Date", "Server", "Set-Cookie", "Alt-Svc", "Strict-Transport-Security",
    };

    private static readonly TimeSpan _timeAfterHangUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _timeToEnd = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly RunningExchanges _running = new();
    private readonly HttpClient _http;
    private readonly UpstreamRequest _requests;
    private readonly EmulatorRecording _recording;
    private readonly SecretRedactor _redactor;
    private readonly TimeProvider _time;
    private readonly StreamWriter _writer;
    private int _number;

    /// <exception cref="IOException">The cassette exists already, or cannot be written.</exception>
    public CassetteRecorder(
        EmulatorRecording recording, string apiKey, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _recording = recording;
        _requests = new UpstreamRequest(recording);
        _time = time;
        _redactor = new SecretRedactor([apiKey, .. recording.Secrets]);
        _http = new HttpClient(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !recording.Upstream.IsLoopback,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        })
        { Timeout = Timeout.InfiniteTimeSpan };

        _writer = new StreamWriter(new FileStream(recording.Cassette, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            AutoFlush = true,
            NewLine = "\n",
        };

        _writer.WriteLine(CassetteFormat.Head(time.GetUtcNow(), recording.Origin));
    }

    /// <summary>The one of the options; null when they name no file.</summary>
    public static CassetteRecorder? From(CCApiEmulatorOptions options)
    {
        if (options.Recording is null)
        {
            return null;
        }

        return new CassetteRecorder(options.Recording, options.ApiKey, options.TimeProvider);
    }

    /// <summary>Forwards a request. Returns the outcome for the log.</summary>
    /// <param name="context">The request; its response is written.</param>
    /// <param name="path">The path below <c>/v1</c>, escaped.</param>
    /// <param name="body">Its body.</param>
    /// <exception cref="IOException">The upstream broke the response, which is recorded as it was received.</exception>
    public Task<string> ForwardAsync(HttpContext context, string path, byte[] body) =>
        _running.RunAsync(() => ForwardOneAsync(context, path, body));

    /// <summary>
    /// Closes the cassette after the exchanges that are under way. Those that take more than two seconds are not recorded.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _running.WaitAsync(_timeToEnd).ConfigureAwait(false))
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _running.WaitAsync(_timeToEnd).ConfigureAwait(false);
        }

        await _writer.DisposeAsync().ConfigureAwait(false);
        _http.Dispose();
        _writing.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Removes the cassette, if it has no exchange, so that the next start can create it.</summary>
    public void DeleteEmpty()
    {
        if (_number == 0)
        {
            File.Delete(_recording.Cassette);
        }
    }

    private async Task<string> ForwardOneAsync(HttpContext context, string path, byte[] body)
    {
        using var message = _requests.Create(context.Request, path, body);
        var start = _time.GetTimestamp();
        HttpResponseMessage response;

        try
        {
            response = await _http.SendAsync(
                message,
                HttpCompletionOption.ResponseHeadersRead,
                context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfUpstream(exception, context))
        {
            return await FailAsync(context, exception).ConfigureAwait(false);
        }

        using (response)
        {
            var headers = CopyHead(context, response);
            var (pieces, end) = await CopyBodyAsync(context, response, start).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            if (end == BodyEnd.NotReached)
            {
                return FormattableString.Invariant($"{status} not recorded: truncated");
            }

            var isBroken = end == BodyEnd.Broken;
            await WriteAsync(context.Request, body, status, headers, pieces, isBroken).ConfigureAwait(false);
            if (!isBroken)
            {
                return FormattableString.Invariant($"{status} recorded");
            }

            // The client gets the status and what was received, and then sees the connection break, as it would without a recorder.
            await SendPieceAsync(context, ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
            throw new IOException(FormattableString.Invariant($"{status} recorded as broken by the upstream"));
        }
    }

    /// <summary>Whether the upstream failed, and not the client: a connection that takes too long ends as a cancellation.</summary>
    private static bool IsOfUpstream(Exception exception, HttpContext context)
    {
        var isTimeout = exception is OperationCanceledException && !context.RequestAborted.IsCancellationRequested;
        return isTimeout || exception is HttpRequestException;
    }

    private static KeyValuePair<string, string>[] CopyHead(HttpContext context, HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => !_notRecorded.Contains(header.Key))
            .Select(header => KeyValuePair.Create(header.Key, HeaderText.Clean(string.Join(", ", header.Value))))
            .ToArray();

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return headers;
    }

    /// <summary>
    /// Copies the response to the client. Clients often hang up at <c>[DONE]</c>, before the end of the body: the rest is then read
    /// for <see cref="_timeAfterHangUp"/>, so that the exchange is recorded.
    /// </summary>
    private async Task<(List<CassettePiece> Pieces, BodyEnd End)> CopyBodyAsync(
        HttpContext context, HttpResponseMessage response, long start)
    {
        using var afterHangUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(afterHangUp.Token, _stopping.Token);
        using var registration = context.RequestAborted.Register(() => afterHangUp.CancelAfter(_timeAfterHangUp));
        var pieces = new List<CassettePiece>();
        var buffer = new byte[BufferBytes];

        try
        {
            var stream = await response.Content.ReadAsStreamAsync(reading.Token).ConfigureAwait(false);
            int read;

            while ((read = await stream.ReadAsync(buffer, reading.Token).ConfigureAwait(false)) > 0)
            {
                var now = _time.GetTimestamp();
                pieces.Add(new CassettePiece(_time.GetElapsedTime(start, now), buffer[..read]));
                start = now;
                await SendPieceAsync(context, buffer.AsMemory(0, read)).ConfigureAwait(false);
            }

            return (pieces, BodyEnd.Complete);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            return (pieces, BodyEnd.NotReached);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            // The last is for a body that is not encoded as its header says.
            return (pieces, BodyEnd.Broken);
        }
    }

    private static async Task SendPieceAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        var hangUp = context.RequestAborted;
        if (hangUp.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await context.Response.Body.WriteAsync(bytes, hangUp).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(hangUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hangUp.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(
        HttpRequest request,
        byte[] body,
        int status,
        KeyValuePair<string, string>[] headers,
        List<CassettePiece> pieces,
        bool isBroken)
    {
        // The client's own keys too: an upstream may quote them, and errors often do.
        var redactor = _redactor.With(UpstreamRequest.SecretsOf(request));
        var exchange = new CassetteExchange(
            request.Method,
            redactor.Apply(SecretQuery.Hide(request.Path.ToUriComponent() + request.QueryString.Value)),
            redactor.Apply(body),
            status,
            [.. headers
                .Where(header => redactor.Apply(header.Key) == header.Key)
                .Select(header => KeyValuePair.Create(header.Key, redactor.Apply(header.Value)))],
            [.. WholeCharacters(pieces).Select(piece => piece with { Bytes = redactor.Apply(piece.Bytes) })],
            isBroken);

        await _writing.WaitAsync().ConfigureAwait(false);

        try
        {
            await _writer.WriteLineAsync(CassetteFormat.Write(exchange, ++_number, _recording.Cassette)).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Joins pieces that a key or a character could straddle: what is not a stream of events is one piece.</summary>
    private static IEnumerable<CassettePiece> WholeCharacters(List<CassettePiece> pieces)
    {
        var rest = new List<byte>();
        var delay = TimeSpan.Zero;

        foreach (var piece in pieces)
        {
            rest.AddRange(piece.Bytes);
            delay += piece.Delay;
            if (piece.Bytes[^1] == (byte)'\n')
            {
                yield return new CassettePiece(delay, [.. rest]);
                rest.Clear();
                delay = TimeSpan.Zero;
            }
        }

        if (rest.Count > 0)
        {
            yield return new CassettePiece(delay, [.. rest]);
        }
    }

    private async Task<string> FailAsync(HttpContext context, Exception exception)
    {
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        var response = GatewayResponse.Error(
            502,
            $"The upstream {_recording.Origin} cannot be reached: {_redactor.Apply(exception.Message)}",
            "api_error",
            "upstream_error");

        context.Response.ContentType = response.MediaType;
        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted).ConfigureAwait(false);

        return "502 upstream not reached";
    }

    private enum BodyEnd
    {
        Complete,

        /// <summary>The client hung up, and the time to read the rest was over first.</summary>
        NotReached,

        /// <summary>The upstream closed the connection before the end.</summary>
        Broken,
    }
}
