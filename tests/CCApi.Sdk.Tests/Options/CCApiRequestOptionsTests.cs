using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

public class CCApiRequestOptionsTests
{
    [Fact]
    public void Options_WhenMade_ChangeNothing()
    {
        var options = new CCApiRequestOptions();

        Assert.Null(options.ApiKey);
        Assert.Null(options.MaxRetries);
        Assert.Null(options.RetryPossiblyCharged);
        Assert.Null(options.IdempotencyKey);
        Assert.Null(options.Total);
        Assert.Null(options.Attempt);
        Assert.Null(options.FirstChunk);
        Assert.Null(options.Idle);
        Assert.Empty(options.Headers);
    }

    [Theory]
    [InlineData("plain", 503, """{"error":{"message":"busy","code":"overloaded"}}""")]
    [InlineData("stream", 503, """{"error":{"message":"busy","code":"overloaded"}}""")]
    [InlineData("typed", 200, """{"choices":[{"message":{"content":"no number"},"finish_reason":"stop"}]}""")]
    [InlineData("run", 200, """{"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"city","arguments":"{}"}}]}}]}""")]
    public async Task Options_ChangedDuringACall_AreThoseThatItBeganWith(string call, int status, string first)
    {
        var options = new CCApiRequestOptions { ApiKey = "sk-tenant-a", Headers = { ["X-Team"] = "a" } };
        var gateway = new FakeGateway().Respond(_ =>
        {
            Change(options);
            return FakeGateway.Json(status, first);
        }).Respond(200, """{"choices":[{"message":{"content":"{\"value\":7}"},"finish_reason":"stop"}]}""");
        using var client = gateway.Client(client => client.Retry.BaseDelay = TimeSpan.Zero);

        await Patience.Wait(SendAsync(client.Chat, call, options));

        Assert.Equal(["Bearer sk-tenant-a a", "Bearer sk-tenant-a a"], gateway.Sent.Select(sent => $"{sent.Header("Authorization")} {sent.Header("X-Team")}"));
    }

    [Fact]
    public void Headers_OfOtherCase_AreTheSame()
    {
        var options = new CCApiRequestOptions { Headers = { ["X-Team"] = "a" } };

        Assert.Equal("a", options.Headers["x-team"]);
    }

    [Fact]
    public void ForCall_WithAKey_NumbersEachFurtherCall()
    {
        var options = new CCApiRequestOptions { IdempotencyKey = "k", ApiKey = "a", Headers = { ["X-Team"] = "a" } };

        var third = options.ForCall(2);

        Assert.Same(options, options.ForCall(0));
        Assert.Equal(("k-3", "a", "a", "k"), (third.IdempotencyKey, third.ApiKey, third.Headers["X-Team"], options.IdempotencyKey));
    }

    [Fact]
    public void ForCall_WithoutAKey_IsTheSame()
    {
        var options = new CCApiRequestOptions();

        Assert.Same(options, options.ForCall(2));
    }

    [Fact]
    public void ClaimIdempotencyKey_OfCopies_KnowsWhatTheOthersSent()
    {
        var options = new CCApiRequestOptions { IdempotencyKey = "k" };

        var keys = new[] { options, options.Clone(), options.Clone() };

        Assert.Equal(("k", "k", null), (keys[0].ClaimIdempotencyKey("a"), keys[1].ClaimIdempotencyKey("a"), keys[2].ClaimIdempotencyKey("b")));
    }

    [Fact]
    public void ClaimIdempotencyKey_OfARunThatIsRepeated_NumbersWhatDiffers()
    {
        var options = new CCApiRequestOptions { IdempotencyKey = "k" };

        string?[] keys =
        [
            options.ForCall(0).ClaimIdempotencyKey("a"),
            options.ForCall(1).ClaimIdempotencyKey("b"),
            options.ForCall(0).ClaimIdempotencyKey("a"),
            options.ForCall(1).ClaimIdempotencyKey("c"),
            options.ForCall(1).ClaimIdempotencyKey("b"),
        ];

        Assert.Equal(["k", "k-2", "k", "k-2-2", "k-2"], keys);
    }

    [Fact]
    public void Clone_OfOptions_SharesNothingThatCanChange()
    {
        var models = new System.Collections.Generic.List<string> { "a" };
        var options = new CCApiRequestOptions { ApiKey = "k", Headers = { ["X-Team"] = "a" }, FailoverModels = models };

        var copy = options.Clone();
        models[0] = "b";
        options.Headers["X-Team"] = "b";
        options.ApiKey = "l";

        Assert.Equal(("k", "a"), (copy.ApiKey, copy.Headers["x-team"]));
        Assert.Equal(["a"], copy.FailoverModels!);
        Assert.Null(new CCApiRequestOptions().Clone().FailoverModels);
    }

    [Fact]
    public void Serialize_OfOptions_DoesNotShowTheKey()
    {
        var options = new CCApiRequestOptions { ApiKey = "sk-0123456789", Headers = { ["X-Key"] = "sk-0123456789" }, MaxRetries = 3 };

        var json = System.Text.Json.JsonSerializer.Serialize(options);

        Assert.DoesNotContain("sk-0123456789", json, System.StringComparison.Ordinal);
        Assert.Contains("\"MaxRetries\":3", json, System.StringComparison.Ordinal);
        Assert.DoesNotContain("sk-0123456789", $"{options}", System.StringComparison.Ordinal);
    }

    private static void Change(CCApiRequestOptions options)
    {
        options.ApiKey = "sk-tenant-b";
        options.Headers["X-Team"] = "b";
    }

    private static async Task SendAsync(ChatClient chat, string call, CCApiRequestOptions options)
    {
        switch (call)
        {
            case "plain":
                await chat.CompleteAsync("m", "Hi", options);
                break;
            case "stream":
                var stream = chat.StreamAsync("m", "Hi", options);
                Change(options);
                await stream.GetResponseAsync();
                break;
            case "typed":
                await chat.CompleteAsync("m", "Hi", JsonTypes.Number, options);
                break;
            default:
                var tools = new ChatTools().Add("city", "City", """{"type":"object"}""", (_, _) => Task.FromResult("Oslo"));
                var run = chat.RunAsync(ChatScript.Request, tools, options: options);
                Change(options);
                await foreach (var step in run)
                {
                    Assert.NotNull(step);
                }

                break;
        }
    }
}
