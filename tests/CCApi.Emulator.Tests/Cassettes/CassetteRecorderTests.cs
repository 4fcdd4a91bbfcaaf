using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk.WireMockTests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Emulator.Tests.Cassettes;

public sealed class CassetteRecorderTests : IDisposable
{
    private const string UpstreamKey = "sk-upstream-key-123";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "calls.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Forward_OfAStreamThatGoesOnAfterTheClientHungUp_IsNotRecorded()
    {
        await using var upstream = await World.StartAsync(options => options.ApiKey = UpstreamKey);
        upstream.Emulator.Script.WhenChat().Stream(TimeSpan.FromMinutes(1), "Once ", "upon a time.");
        var logged = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        await using (var recorder = await World.StartAsync(options =>
        {
            options.Recording = new EmulatorRecording(upstream.Emulator.BaseAddress, UpstreamKey, Path);
            options.Log = logged.SetResult;
        }))
        {
            await HangUpAfterTheFirstPieceAsync(recorder);
            await recorder.Time.RunAsync(logged.Task);
        }

        Assert.StartsWith("POST /v1/chat/completions 200 not recorded: truncated ", await logged.Task, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Path, World.Token));
    }

    [Fact]
    public async Task Forward_OfAResponseThatTheUpstreamBreaks_IsRecordedAndReplayedAsBroken()
    {
        using var upstream = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf");
        var log = new ConcurrentQueue<string>();

        await using (var recorder = await World.StartAsync(options =>
        {
            options.Recording = new EmulatorRecording(new Uri($"http://127.0.0.1:{upstream.Port}/v1"), null, Path);
            options.Log = log.Enqueue;
        }))
        {
            Assert.Equal(("half", true), await ReadAsync(recorder));
        }

        await using var replay = await World.StartAsync(options => options.Cassette = Path);
        Assert.Equal(("half", true), await ReadAsync(replay));
        Assert.StartsWith("GET  /v1/models 200 recorded as broken by the upstream ", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_OfABodyThatIsNotEncodedAsItsHeaderSays_IsRecordedAsBroken()
    {
        using var upstream = new RawServer(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\nConnection: close\r\n\r\nnot gzip!");

        await using (var recorder = await World.StartAsync(
            options => options.Recording = new EmulatorRecording(new Uri($"http://127.0.0.1:{upstream.Port}/v1"), null, Path)))
        {
            Assert.Equal(("", true), await ReadAsync(recorder));
        }

        var line = JsonNode.Parse((await File.ReadAllLinesAsync(Path, World.Token))[1])!;
        Assert.True(line["response"]!["broken"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Forward_OfAHeaderNamedLikeTheKey_DoesNotRecordIt()
    {
        using var upstream = new RawServer(RawServer.Json("{}", headers: $"x-{UpstreamKey}: a\r\nx-kept: b\r\n"));

        await using (var recorder = await World.StartAsync(
            options => options.Recording = new EmulatorRecording(new Uri($"http://127.0.0.1:{upstream.Port}/v1"), UpstreamKey, Path)))
        {
            await ReadAsync(recorder);
        }

        var cassette = await File.ReadAllTextAsync(Path, World.Token);
        Assert.DoesNotContain(UpstreamKey, cassette, StringComparison.Ordinal);
        Assert.Contains("x-kept", cassette, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_ToAnUpstreamThatTakesTooLongToConnect_Is502()
    {
        using var handler = new TimingOutHandler();
        await using var recorder = new CassetteRecorder(
            new EmulatorRecording(new Uri("http://127.0.0.1:9/v1"), UpstreamKey, Path), "sk-local", TimeProvider.System, handler);
        var context = Context();
        context.Response.Body = new MemoryStream();

        var outcome = await recorder.ForwardAsync(context, "/models", []);

        Assert.Equal(("502 upstream not reached", 502), (outcome, context.Response.StatusCode));
    }

    [Fact]
    public async Task Forward_OfAKeyInTwoPieces_RecordsNeither()
    {
        var pieces = new PieceStream([$"data: {UpstreamKey[..9]}", $"{UpstreamKey[9..]}\n\n", "data: [DONE]\n\n"]);
        await using (var recorder = Recorder(pieces))
        {
            await recorder.ForwardAsync(Context(), "/models", []);
        }

        var line = JsonNode.Parse((await File.ReadAllLinesAsync(Path, World.Token))[1])!;
        var recorded = line["response"]!["pieces"]!.AsArray().Select(piece => piece!["text"]!.GetValue<string>());
        Assert.Equal(["data: (redacted)\n\n", "data: [DONE]\n\n"], recorded);
    }

    [Fact]
    public async Task Dispose_WithAnExchangeUnderWay_WaitsForIt()
    {
        var pieces = new PieceStream(["data: 1\n\n", "data: 2\n\n"], waits: true);
        var recorder = Recorder(pieces);
        var forwarding = recorder.ForwardAsync(Context(), "/models", []);
        await pieces.IsWaiting;

        var disposing = recorder.DisposeAsync().AsTask();
        var isDisposedAtOnce = disposing.IsCompleted;
        pieces.Continue();
        await disposing;

        Assert.False(isDisposedAtOnce);
        Assert.Equal("200 recorded", await forwarding);
        Assert.Contains("data: 2", (await File.ReadAllLinesAsync(Path, World.Token))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_WithAnExchangeThatDoesNotEnd_GivesUpOnIt()
    {
        var pieces = new PieceStream(["data: 1\n\n", "data: 2\n\n"], waits: true);
        var recorder = Recorder(pieces);
        var forwarding = recorder.ForwardAsync(Context(), "/models", []);
        await pieces.IsWaiting;

        await recorder.DisposeAsync();

        Assert.Equal("200 not recorded: truncated", await forwarding);
        Assert.Single(await File.ReadAllLinesAsync(Path, World.Token));
    }

    private static async Task HangUpAfterTheFirstPieceAsync(World recorder)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("chat/completions", UriKind.Relative))
        {
            Content = new StringContent(Body.Chat("Tell a story.", "\"stream\":true"), Encoding.UTF8, "application/json"),
        };

        using var response = await recorder.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, World.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(World.Token);
        await stream.ReadExactlyAsync(new byte[1], World.Token);
    }

    /// <summary>What a client reads, and whether the response broke.</summary>
    private static async Task<(string Text, bool IsBroken)> ReadAsync(World world)
    {
        using var response = await world.Http.GetAsync(new Uri("models", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, World.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(World.Token);
        using var bytes = new MemoryStream();

        try
        {
            await stream.CopyToAsync(bytes, World.Token);
            return (Encoding.UTF8.GetString(bytes.ToArray()), false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (Encoding.UTF8.GetString(bytes.ToArray()), true);
        }
    }

    private static DefaultHttpContext Context()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = "/v1/models";
        context.Response.Body = new MemoryStream();

        return context;
    }

    private CassetteRecorder Recorder(Stream body) => new(
        new EmulatorRecording(new Uri("http://upstream.test/v1/"), UpstreamKey, Path), "sk-client", new FakeTimeProvider(), new Upstream(body));

    /// <summary>Responds with a stream.</summary>
    private sealed class Upstream(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });
    }

    /// <summary>Returns a piece for each read; before the last one it can wait.</summary>
    private sealed class PieceStream(IEnumerable<string> pieces, bool waits = false) : MemoryStream
    {
        private readonly Queue<byte[]> _pieces = new(pieces.Select(Encoding.UTF8.GetBytes));
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _continue = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsWaiting => _waiting.Task;

        public void Continue() => _continue.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (waits && _pieces.Count == 1)
            {
                _waiting.TrySetResult();
                await _continue.Task.WaitAsync(cancellationToken);
            }

            if (!_pieces.TryDequeue(out var piece))
            {
                return 0;
            }

            piece.CopyTo(buffer);

            return piece.Length;
        }
    }

    /// <summary>Ends as a connection does that is not accepted in time.</summary>
    private sealed class TimingOutHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new TaskCanceledException("The connection was not established in time.", new TimeoutException());
    }
}
