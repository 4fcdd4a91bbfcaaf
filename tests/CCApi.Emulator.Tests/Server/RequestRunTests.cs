using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

/// <summary>Whether a client that sends its next request with the last byte of a response finds its place free.</summary>
public sealed class RequestRunTests : IAsyncDisposable
{
    private readonly CCApiEmulatorOptions _options = new() { ConcurrentRequests = 1, TimeProvider = new EmulatorClock(TimeProvider.System) };
    private readonly GatewayParts _parts;
    private readonly Gateway _gateway;

    public RequestRunTests()
    {
        _parts = new GatewayParts(_options);
        _gateway = new Gateway(_options, _parts);
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    [Theory]
    [InlineData("""{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}]}""", null)]
    [InlineData("""{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}],"stream":true}""", null)]
    [InlineData("""{"model":"openai/gpt-5-mini"}""", null)]
    [InlineData("""{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}]}""", "status-503")]
    [InlineData("""{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}]}""", "hidden")]
    [InlineData("""{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}],"stream":true}""", "hidden")]
    [InlineData("""{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}]}""", "html")]
    public async Task Release_OfAResponseThatIsSent_ComesBeforeItsLastByte(string body, string? fault)
    {
        var statuses = new List<int>();
        using var sent = new HookedStream(async () => statuses.Add(await SendAsync("GET", "/v1/models")));

        await SendAsync("POST", "/v1/chat/completions", body, fault, sent);

        Assert.NotEmpty(statuses);
        Assert.Equal(200, statuses[^1]);
    }

    [Fact]
    public async Task Release_OfAStream_DoesNotComeBeforeItsLastPiece()
    {
        var statuses = new List<int>();
        using var sent = new HookedStream(async () => statuses.Add(await SendAsync("GET", "/v1/models")));

        await SendAsync("POST", "/v1/chat/completions", """{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}],"stream":true}""", fault: null, sent);

        Assert.All(statuses.GetRange(0, statuses.Count - 1), status => Assert.Equal(429, status));
        Assert.Equal(200, await SendAsync("GET", "/v1/models"));
    }

    private async Task<int> SendAsync(string method, string path, string? body = null, string? fault = null, Stream? received = null)
    {
        var context = new DefaultHttpContext();
        var request = context.Request;
        (request.Method, request.Path, request.Host) = (method, path, new HostString("localhost"));
        request.Headers.Authorization = $"Bearer {_options.ApiKey}";
        request.ContentType = "application/json";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? string.Empty));
        if (fault is not null)
        {
            request.Headers["x-emulator-fault"] = fault;
        }

        context.Response.Body = received ?? new MemoryStream();
        await _gateway.HandleAsync(context);

        return context.Response.StatusCode;
    }

    /// <summary>Runs a hook with each piece that a client receives, before the sender goes on.</summary>
    private sealed class HookedStream(Func<Task> received) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            await received();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
