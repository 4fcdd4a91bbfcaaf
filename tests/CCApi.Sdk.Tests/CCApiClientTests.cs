using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests;

[Collection(nameof(EnvironmentTests))]
public class CCApiClientTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Create_WithoutAKey_SaysWhereToPutIt(string? key)
    {
        var exception = Assert.Throws<ArgumentException>(() => new CCApiClient(key!));

        Assert.StartsWith("No API key: set CCApiClientOptions.ApiKey or ApiKeyProvider, or use CCApiClient.FromEnvironment(), which reads the environment variable CCAPI_API_KEY.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("emulator", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OfAKeyThatCannotBeSent_DoesNotShowIt()
    {
        var exception = Assert.Throws<ArgumentException>(() => new CCApiClient("sk-secret\r\nX-Evil: 1"));

        Assert.DoesNotContain("sk-secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://gateway.test/")]
    [InlineData("http://gateway.test/")]
    public void Create_OfABadAddress_IsAnArgumentException(string address)
    {
        var exception = Assert.Throws<ArgumentException>(() => new CCApiClient(new CCApiClientOptions { ApiKey = "sk-a", BaseAddress = new Uri(address) }));

        Assert.Equal("options", exception.ParamName);
    }

    [Fact]
    public void Create_OfNull_NamesTheParameter()
    {
        var gateway = new FakeGateway();

        var options = Assert.Throws<ArgumentNullException>(() => new CCApiClient((CCApiClientOptions)null!));
        var client = Assert.Throws<ArgumentNullException>(() => new CCApiClient(null!, FakeGateway.Options()));
        var both = Assert.Throws<ArgumentNullException>(() => new CCApiClient(gateway.HttpClient(), null!));

        Assert.Equal("options", options.ParamName);
        Assert.Equal("httpClient", client.ParamName);
        Assert.Equal("options", both.ParamName);
    }

    [Fact]
    public void Create_OfAKey_HasTheFourFacades()
    {
        using var client = new CCApiClient("sk-a");

        Assert.NotNull(client.Chat);
        Assert.NotNull(client.Audio);
        Assert.NotNull(client.Images);
        Assert.NotNull(client.Catalog);
    }

    [Fact]
    public void FromEnvironment_WithAKey_IsAClient()
    {
        using var environment = new EnvironmentVariables();
        environment.Set(CCApiDefaults.ApiKeyVariable, "sk-env");
        environment.Set(CCApiDefaults.BaseUrlVariable, "https://other.test/v1");

        using var client = CCApiClient.FromEnvironment();

        Assert.NotNull(client.Chat);
    }

    [Fact]
    public void FromEnvironment_WithSettings_AppliesThemAfterTheVariables()
    {
        using var environment = new EnvironmentVariables();
        environment.Set(CCApiDefaults.ApiKeyVariable, "sk-env");
        environment.Set(CCApiDefaults.BaseUrlVariable, "https://other.test/v1/");
        var seen = default((string? Key, Uri Address));

        using var client = CCApiClient.FromEnvironment(options =>
        {
            seen = (options.ApiKey, options.BaseAddress);
            options.BaseAddress = new Uri("https://code.test/v1/");
        });

        Assert.Equal(("sk-env", new Uri("https://other.test/v1/")), seen);
        var request = new ChatCompletionRequest { Model = "a", Messages = [ChatMessage.User("Hello")] };
        Assert.Equal(new Uri("https://code.test/v1/chat/completions"), client.Explain(request).Address);
    }

    [Fact]
    public void FromEnvironment_WithAWrongSetting_ThrowsItsMessage()
    {
        using var environment = new EnvironmentVariables();
        environment.Set(CCApiDefaults.ApiKeyVariable, "sk-env");

        var exception = Assert.Throws<ArgumentException>(
            () => CCApiClient.FromEnvironment(options => options.Retry.MaxRetries = -1));

        Assert.Contains("MaxRetries", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromEnvironment_OfNull_NamesTheParameter()
    {
        var exception = Assert.Throws<ArgumentNullException>(() => CCApiClient.FromEnvironment(null!));

        Assert.Equal("configure", exception.ParamName);
    }

    [Fact]
    public void FromEnvironment_WithoutAKey_SaysWhichVariable()
    {
        using var environment = new EnvironmentVariables();

        var exception = Assert.Throws<ArgumentException>(CCApiClient.FromEnvironment);

        Assert.StartsWith("No API key: set the environment variable CCAPI_API_KEY. To run", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromEnvironment_WithABadAddress_SaysWhichVariable()
    {
        using var environment = new EnvironmentVariables();
        environment.Set(CCApiDefaults.ApiKeyVariable, "sk-env");
        environment.Set(CCApiDefaults.BaseUrlVariable, "not an address");

        var exception = Assert.Throws<ArgumentException>(CCApiClient.FromEnvironment);

        Assert.Equal("CCAPI_BASE_URL is not an absolute address; it should look like https://api.ccapi.ai/v1/.", exception.Message);
    }

    [Fact]
    public async Task Fake_ThatOverridesNothing_SaysSo()
    {
        using var fake = new Fake();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => fake.SendAsync(System.Net.Http.HttpMethod.Get, "a", null, JsonTypes.Message, JsonTypes.Element));

        Assert.Equal("This is a fake: override the method that was called.", exception.Message);
    }

    [Fact]
    public void Dispose_Twice_IsFine()
    {
        var client = new CCApiClient("sk-a");

        client.Dispose();

        Assert.Null(Record.Exception(client.Dispose));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_UnderACall_EndsItAndLeavesTheHttpClientOfTheCaller(bool isStreamed)
    {
        var gateway = new FakeGateway().Hang().Respond(200, "{}");
        using var httpClient = gateway.HttpClient();
        var client = new CCApiClient(httpClient, FakeGateway.Options());
        Task call = isStreamed ? client.Chat.StreamAsync("m", "Hi").GetResponseAsync() : client.Chat.CompleteAsync("m", "Hi");
        await gateway.Received(1);

        client.Dispose();

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(call));
        Assert.Equal("CCApiClient was disposed while POST /chat/completions was under way.", exception.Message);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Catalog.ListModelsAsync());
        Assert.Equal((1, false), (gateway.Sent.Count, gateway.IsDisposed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_UnderABody_EndsTheReading(bool isStreamed)
    {
        var body = new FakeBody().Then("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n").ThenSilence();
        var gateway = new FakeGateway().Respond(_ => FakeGateway.Stream(200, body, "Content-Type: " + (isStreamed ? "text/event-stream" : "application/json")));
        using var httpClient = gateway.HttpClient();
        var client = new CCApiClient(httpClient, FakeGateway.Options());
        Task call = isStreamed ? client.Chat.StreamAsync("m", "Hi").GetResponseAsync() : client.Chat.CompleteAsync("m", "Hi");
        await body.Silence;

        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(call));
        Assert.Single(gateway.Sent);
    }

    private sealed class Fake : CCApiClient;
}
