using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public sealed class BodyParserTests : IDisposable
{
    private const string Completion = """{"choices":[{"message":{"content":"Hello!"}}]}""";

    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource<bool> _parsing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TestClock _clock = new();
    private readonly FakeGateway _gateway = new();

    public void Dispose()
    {
        _open.Set();
        _gateway.Dispose();
    }

    [Fact]
    public async Task RunAsync_OfALongBody_EndsWithTheCallersToken()
    {
        using var client = _gateway.Respond(200, Long("7")).Client();
        using var source = new CancellationTokenSource();

        var call = client.SendAsync(HttpMethod.Get, "numbers", BlockedNumber(), cancellationToken: source.Token);
        await Patience.Wait(_parsing.Task);
        source.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(600, true)]
    public async Task RunAsync_OfALongBody_EndsWithTheTotalBudgetAndNotWithSilence(int seconds, bool isTimeout)
    {
        using var client = _gateway.Respond(200, Long("7")).Client(options => options.TimeProvider = _clock);

        var call = client.SendAsync(HttpMethod.Get, "numbers", BlockedNumber());
        await Patience.Wait(_parsing.Task);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        if (!isTimeout)
        {
            _open.Set();
            Assert.Equal(7, await Patience.Wait(call));
            return;
        }

        var timeout = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));
        Assert.Equal(CCApiTimeoutKind.Total, timeout.Kind);
    }

    [Fact]
    public async Task RunAsync_OfALongBody_ThrowsWhatParsingThrows()
    {
        using var client = _gateway.Respond(200, Long("7")).Respond(200, Long("{\"error\":\"busy\"}")).Client(options => options.Retry.MaxRetries = 0);

        var completion = await Record.ExceptionAsync(() => Patience.Wait(client.Chat.CompleteAsync("m", "Hi")));
        var speech = await Record.ExceptionAsync(() => Patience.Wait(client.Audio.CreateSpeechAsync("m", "Hi", "v")));

        Assert.IsType<CCApiProtocolException>(completion);
        Assert.IsType<CCApiServerException>(speech);
    }

    [Fact]
    public async Task RunAsync_OfALongHiddenError_FailsOver()
    {
        using var client = _gateway.Respond(200, Long("""{"error":{"code":"overloaded","message":"busy"}}""")).Respond(200, Completion).Client(options =>
        {
            options.Retry.MaxRetries = 0;
            options.Failover.Alternatives["m"] = ["n"];
        });

        var response = await Patience.Wait(client.Chat.CompleteAsync("m", "Hi"));

        Assert.Equal("Hello!", response.Text);
        Assert.Equal(["m", "n"], response.Info!.Attempts.Select(attempt => attempt.Model));
    }

    [Fact]
    public async Task RunAsync_OfALongBodyAfterARetry_EndsWithTheCallersTokenAndSendsNothingMore()
    {
        using var client = _gateway.Respond(503, """{"error":{"code":"overloaded"}}""").Respond(200, Long("7")).Client(options => options.Retry.BaseDelay = TimeSpan.Zero);
        using var source = new CancellationTokenSource();

        var call = client.SendAsync(HttpMethod.Get, "numbers", BlockedNumber(), cancellationToken: source.Token);
        await Patience.Wait(_parsing.Task);
        source.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal(2, _gateway.Sent.Count);
    }

    private static string Long(string json) => json.PadLeft(BodyParser.LongestInline + 1);

    private JsonTypeInfo<int> BlockedNumber()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() };

        return JsonMetadataServices.CreateValueInfo<int>(options, new BlockedConverter(this));
    }

    private sealed class BlockedConverter(BodyParserTests test) : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            test._parsing.TrySetResult(true);
            test._open.Wait();

            return reader.GetInt32();
        }

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
