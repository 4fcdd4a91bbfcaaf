using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;

namespace CCApi.Sdk.WireMockTests;

/// <summary>What goes wrong between a program and a gateway, over a socket.</summary>
public sealed class ScenarioTests : IDisposable
{
    private static readonly Reply _busy = Reply.Example("ErrorResponse.internal_error.json", 503);

    private static readonly Reply _done = Reply.Example("ChatCompletionResponse.text.json");

    private readonly Gateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Complete_OfAWrongKey_FailsOnce()
    {
        _gateway.Always(Reply.Example("ErrorResponse.unauthorized.json", 401));

        var exception = await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => CompleteAsync());

        Assert.Equal("unauthorized", exception.Code);
        Assert.Contains("CCAPI_API_KEY", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Gateway.Key, exception.ToString(), StringComparison.Ordinal);
        Assert.Single(_gateway.Received);
    }

    [Fact]
    public async Task Complete_WithoutBalance_FailsOnce()
    {
        _gateway.Always(Reply.Example("ErrorResponse.billing_error.json", 402));

        var exception = await Assert.ThrowsAsync<CCApiBillingException>(() => CompleteAsync());

        Assert.Contains("add credit", exception.Message, StringComparison.Ordinal);
        Assert.Single(_gateway.Received);
    }

    [Fact]
    public async Task Complete_TooOften_RetriesAfterTheDelayReported()
    {
        _gateway.InTurn(Reply.Example("ErrorResponse.rate_limit.json", 429).With("Retry-After", "7"), _done);

        var response = await CompleteAsync();

        Assert.Equal([TimeSpan.FromSeconds(7)], _gateway.Time.Waits);
        Assert.Equal(2, _gateway.Received.Count);
        Assert.Equal(["rate_limit_exceeded", null], response.Info!.Attempts.Select(attempt => attempt.Fault is null ? null : "rate_limit_exceeded"));
    }

    [Fact]
    public async Task Complete_TooOftenForTooLong_ReportsRetryAfter()
    {
        _gateway.Always(Reply.Example("ErrorResponse.rate_limit.json", 429).With("Retry-After", "3600"));

        var exception = await Assert.ThrowsAsync<CCApiRateLimitException>(() => CompleteAsync());

        Assert.Equal(TimeSpan.FromHours(1), exception.RetryAfter);
        Assert.Contains("Retry after 3600 s.", exception.Message, StringComparison.Ordinal);
        Assert.Single(_gateway.Received);
    }

    [Fact]
    public async Task Complete_OfAGatewayThatIsBusyTwice_SendsTheSameThreeTimes()
    {
        _gateway.InTurn(_busy, _busy, _done);

        var response = await CompleteAsync();

        Assert.Equal([503, 503, 200], response.Info!.Attempts.Select(attempt => (int)attempt.StatusCode!));
        Assert.Equal(3, _gateway.Received.Count);
        Assert.Single(_gateway.Received.Select(message => message.Header("Idempotency-Key")).Distinct());
        Assert.Single(_gateway.Received.Select(message => message.Body).Distinct());
    }

    [Fact]
    public async Task Complete_OfAGatewayThatStaysBusy_GivesUpAfterTwoRetries()
    {
        _gateway.Always(_busy);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => CompleteAsync());

        Assert.Equal(3, exception.Attempts.Count);
        Assert.Equal(3, _gateway.Received.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Complete_OfAModelThatNobodyServes_FailsOnce(int status)
    {
        _gateway.Always(Reply.Example("ErrorResponse.model_not_found.json", status));

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => CompleteAsync());

        Assert.Contains("CatalogClient.ListModelsAsync", exception.Message, StringComparison.Ordinal);
        Assert.Single(_gateway.Received);
    }

    [Theory]
    [InlineData(500, false, 2)]
    [InlineData(500, true, 2)]
    [InlineData(504, false, 1)]
    [InlineData(504, true, 2)]
    public async Task Complete_OfAFailureThatMayHaveBeenCharged_IsTriedAgainOnlyWhenAllowed(int status, bool allowed, int requests)
    {
        _gateway.InTurn(Reply.Example("ErrorResponse.internal_error.json", status), _done);

        var outcome = await Record.ExceptionAsync(() => CompleteAsync(options => options.Retry.RetryPossiblyCharged = allowed));

        Assert.Equal(requests, _gateway.Received.Count);
        Assert.Equal(requests == 1 ? typeof(CCApiServerException) : null, outcome?.GetType());
    }

    [Fact]
    public async Task ListModels_OfAGatewayThatGaveUp_IsTriedAgain()
    {
        _gateway.InTurn(Reply.Json("{}", 504), Reply.Example("ModelListResponse.full.json"));
        using var client = _gateway.CreateClient();

        await client.Catalog.ListModelsAsync();

        Assert.Equal(2, _gateway.Received.Count);
    }

    [Fact]
    public async Task Complete_OfAPage_NamesTheBaseAddress()
    {
        _gateway.Always(Reply.Text("text/html", "<!doctype html><html><title>CCAPI</title></html>"));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => CompleteAsync());

        Assert.StartsWith("POST /chat/completions returned 200 with HTML instead of JSON.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("BaseAddress", exception.Message, StringComparison.Ordinal);
        Assert.Single(_gateway.Received);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Complete_OfARedirect_IsNotFollowed(int status)
    {
        using var elsewhere = new Gateway();
        elsewhere.Always(_done);
        _gateway.Always(Reply.Text("text/html", "", status).With("Location", $"{elsewhere.Url}/v1/chat/completions"));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => CompleteAsync());

        Assert.Contains(elsewhere.Url, exception.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Received);
    }

    [Fact]
    public async Task Complete_HandlerFollowsRedirects_Throws()
    {
        // The same server under another name is another origin.
        var address = new Uri(_gateway.Url);
        var other = new UriBuilder(address) { Host = address.Host == "localhost" ? "127.0.0.1" : "localhost", Path = "/elsewhere" };
        _gateway.At("/v1/chat/completions", Reply.Text("text/html", "", 307).With("Location", other.Uri.AbsoluteUri)).At("/elsewhere", _done);
        using var httpClient = new HttpClient();
        using var client = new CCApiClient(httpClient, new CCApiClientOptions { ApiKey = Gateway.Key, BaseAddress = new Uri($"{_gateway.Url}/v1") });

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => client.Chat.CompleteAsync("m", "p"));

        Assert.Contains("AllowAutoRedirect", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_WithAnErrorInside_ThrowsWhatThePlainCallWouldWithWhatCame()
    {
        _gateway.Always(Reply.Stream("ChatCompletionChunk.error.sse"));
        using var client = _gateway.CreateClient();
        await using var stream = client.Chat.StreamAsync("m", "p");
        var text = new List<string>();

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(async () =>
        {
            await foreach (var piece in stream.ReadTextAsync())
            {
                text.Add(piece);
            }
        });

        Assert.Equal(["One, ", "two, "], text);
        Assert.Equal("The upstream provider closed the connection.", exception.GatewayMessage);
        Assert.Equal("bad_response", exception.Code);
        Assert.Equal("One, two, ", exception.PartialResponse?.Text);
        Assert.Single(_gateway.Received);
    }

    [Fact]
    public async Task Stream_OfAGatewayThatIsBusyTwice_IsTriedAgain()
    {
        _gateway.InTurn(_busy, _busy, Reply.Stream("ChatCompletionChunk.text.sse"));
        using var client = _gateway.CreateClient();
        await using var stream = client.Chat.StreamAsync("m", "p");

        var response = await stream.GetResponseAsync();

        Assert.False(response.IsTruncated);
        Assert.Equal(3, stream.Info!.Attempts.Count);
    }

    [Fact]
    public async Task Complete_WithAKeyThatRotates_SendsTheNewOneWithTheNextAttempt()
    {
        _gateway.InTurn(_busy, _busy, _done);
        var keys = new Queue<string>(["sk-1", "sk-2", "sk-3"]);

        await CompleteAsync(options => options.ApiKeyProvider = _ => new ValueTask<string>(keys.Dequeue()));

        Assert.Equal(["Bearer sk-1", "Bearer sk-2", "Bearer sk-3"], _gateway.Received.Select(message => message.Header("Authorization")));
    }

    [Fact]
    public async Task Complete_RateLimitInASuccess_IsRetriedLikeAnOpenOne()
    {
        _gateway.Always(Reply.Text("application/json", new string(' ', 10_000) + Examples.Text("ErrorResponse.rate_limit.json")));

        await Assert.ThrowsAsync<CCApiRateLimitException>(() => CompleteAsync());

        Assert.Equal(3, _gateway.Received.Count);
    }

    [Fact]
    public async Task Complete_ProxyPageWithAnErrorStatus_IsSentOnce()
    {
        _gateway.Always(Reply.Text("text/html", "<h1>Busy</h1>", 503));

        await Assert.ThrowsAsync<CCApiServerException>(() => CompleteAsync());

        Assert.Single(_gateway.Received);
    }

    private async Task<ChatCompletionResponse> CompleteAsync(Action<CCApiClientOptions>? configure = null)
    {
        using var client = _gateway.CreateClient(configure);
        return await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hello");
    }
}
