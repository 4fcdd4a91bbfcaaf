using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class CallPayloadTests
{
    [Fact]
    public void IdempotencyKey_EachPost_IsAnother()
    {
        using var first = Post();
        using var second = Post();

        Assert.NotEmpty(first.Payload.IdempotencyKey!);
        Assert.NotEqual(first.Payload.IdempotencyKey, second.Payload.IdempotencyKey);
    }

    [Fact]
    public void IdempotencyKey_UsedForAnotherRequest_IsRejected()
    {
        var options = new CCApiRequestOptions { IdempotencyKey = "key-1" };
        using var first = Post(options);
        using var again = Post(options);

        var exception = Assert.Throws<ArgumentException>(() => Post(options, ChatRequestValidation.FromPrompt("m", "Another prompt")));
        var otherPath = Record.Exception(() => CallSamples.Of(ApiRequest.Post("other", ChatScript.Request), options: options));
        options.IdempotencyKey = "key-2";
        using var other = Post(options, ChatRequestValidation.FromPrompt("m", "Another prompt"));

        Assert.Equal("key-1", again.Payload.IdempotencyKey);
        Assert.StartsWith(
            "CCApiRequestOptions.IdempotencyKey was used for another request: a gateway would return the first response again. Set a new key, or use new options.",
            exception.Message,
            StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(otherPath);
        Assert.Equal("key-2", other.Payload.IdempotencyKey);
    }

    [Fact]
    public async Task FailOver_NextModel_CreatesItsBodyAndItsKey()
    {
        var options = new CCApiRequestOptions { IdempotencyKey = "key-1", FailoverModels = ["second"] };
        using var call = Post(options);
        var payload = call.Payload;
        var (first, firstKey, next) = (payload.Model, payload.IdempotencyKey, payload.NextModel);
        var length = payload.Length;

        payload.FailOver();

        Assert.Equal(ChatScript.Request.Model, first);
        Assert.Equal("key-1", firstKey);
        Assert.Equal("second", next);
        Assert.Equal("second", payload.Model);
        Assert.Null(payload.NextModel);
        Assert.Equal("key-1-model-2", payload.IdempotencyKey);
        Assert.Equal(length - first!.Length + "second".Length, payload.Length);
        using var content = payload.CreateContent()!;
        Assert.Contains("\"model\":\"second\"", await content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void FailOver_WithoutAKeyOfTheCaller_CreatesAnother()
    {
        using var call = Post(new CCApiRequestOptions { FailoverModels = ["second"] });
        var first = call.Payload.IdempotencyKey;

        call.Payload.FailOver();

        Assert.NotEqual(first, call.Payload.IdempotencyKey);
    }

    [Fact]
    public void Order_FirstModelIsCoolingDown_PutsTheOtherFirst()
    {
        using var call = Post(new CCApiRequestOptions { FailoverModels = ["second"] });
        var memory = new FailoverMemory();
        var now = DateTimeOffset.FromUnixTimeSeconds(0);
        memory.Cool("sk-other", ChatScript.Request.Model!, now.AddMinutes(1), now);
        var key = call.Payload.IdempotencyKey;

        call.Payload.Order(memory, "sk-none", now);
        var unchanged = (call.Payload.Model, call.Payload.IdempotencyKey);
        call.Payload.Order(memory, "sk-other", now);

        Assert.Equal((ChatScript.Request.Model, key), unchanged);
        Assert.Equal("second", call.Payload.Model);
        Assert.NotEqual(key, call.Payload.IdempotencyKey);
    }

    [Fact]
    public void Model_WithoutAlternatives_IsThatOfTheRequestAndNoRoute()
    {
        using var call = Post();

        Assert.Equal(ChatScript.Request.Model, call.Payload.Model);
        Assert.Null(call.Payload.RouteModel);
        Assert.Null(call.Payload.NextModel);
    }

    private static ApiCall Post(CCApiRequestOptions? options = null, ChatCompletionRequest? request = null) =>
        CallSamples.Of(ApiRequest.Post("chat/completions", request ?? ChatScript.Request), options: options);
}
