using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Emulator.Tests.Requests;

public class ReceivedRequestTests
{
    [Fact]
    public async Task Requests_AfterACall_ShowWhatWasSentAndHowItEnded()
    {
        await using var world = await World.StartAsync();
        var body = Body.Chat("Hello", "\"stream\":false", "openai/gpt-4o-mini");

        await world.PostAsync("chat/completions?trace=1", body, "key-1");

        var request = Assert.Single(world.Emulator.Requests);
        Assert.Equal((1L, "POST", "/v1/chat/completions", "?trace=1"), (request.Number, request.Method, request.Path, request.Query));
        Assert.Equal(("(hidden)", "key-1", body), (request.Headers["authorization"], request.IdempotencyKey, request.BodyText));
        Assert.Equal(("openai/gpt-4o-mini", "Hello", false), (request.Model, request.LastUserText, request.IsStream));
        Assert.Equal((200, world.Emulator.Ledger.Spent, world.Time.GetUtcNow(), false), (request.Status, request.Charged, request.EndedAt, request.ClientHungUp));
    }

    [Fact]
    public async Task Requests_WithAWrongKey_AreRecordedToo()
    {
        await using var world = await World.StartAsync();
        using var client = world.Emulator.CreateClient(options => options.ApiKey = "sk-wrong-key");

        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => client.Catalog.ListModelsAsync(cancellationToken: World.Token));

        Assert.Equal((401, (decimal?)null), (world.Emulator.Requests.Single().Status, world.Emulator.Requests.Single().Charged));
    }

    [Fact]
    public async Task ClientHungUp_WhenTheClientLeavesAStream_IsSet()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Stream(TimeSpan.FromMinutes(1), "a", "b");
        using var cancellation = new CancellationTokenSource();
        await using var stream = world.Client.Chat.StreamAsync("openai/gpt-4o-mini", "Hi", cancellationToken: cancellation.Token);
        await using var pieces = stream.ReadTextAsync(World.Token).GetAsyncEnumerator(World.Token);
        Assert.True(await pieces.MoveNextAsync());

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pieces.MoveNextAsync());

        var request = world.Emulator.Requests.Single();
        await EndAsync(request);
        Assert.True(request.ClientHungUp);
    }

    [Fact]
    public async Task AssertJson_OtherBody_ShowsTheDifferences()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("chat/completions", """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"n":2}""");
        var request = world.Emulator.Requests.Single();

        var exception = Assert.Throws<EmulatorAssertionException>(() =>
            request.AssertJson("""{"n":1,"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hello"},{}],"seed":1}"""));

        Assert.Equal(
            """
            The body of POST /v1/chat/completions differs:
              $.n: expected 1, received 2
              $.messages[0].content: expected "Hello", received "Hi"
              $.messages: expected 2 items, received 1
              $.seed: expected 1, received nothing
            """.ReplaceLineEndings("\n"),
            exception.Message);
    }

    [Fact]
    public async Task AssertHeader_OtherValue_ShowsBoth()
    {
        await using var world = await World.StartAsync();
        await world.GetAsync("models");
        var request = world.Emulator.Requests.Single();

        request.AssertHeader("x-missing", null);
        var exception = Assert.Throws<EmulatorAssertionException>(() => request.AssertHeader("x-missing", "a"));

        Assert.Equal("The header x-missing of GET /v1/models: expected a, received nothing.", exception.Message);
    }

    private static async Task EndAsync(ReceivedRequest request)
    {
        using var patience = new CancellationTokenSource(World.Patience);
        while (request.EndedAt is null)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"messages":3,"model":4,"tools":[1],"stream":"true"}""")]
    [InlineData("""{"model":"\ud800","messages":[{"role":"user","content":"\udc00"}]}""")]
    public void Members_OddBodies_AreMissing(string body)
    {
        var request = new ReceivedRequest(1, default, "POST", "/v1/x", "", new System.Collections.Generic.Dictionary<string, string>(), Encoding.UTF8.GetBytes(body));

        Assert.Equal(("", false, 0, 0), (request.LastUserText, request.IsStream, request.ToolNames.Count, request.ToolResults.Count));
        Assert.Null(request.Model);
    }
}
