using System;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

public class CCApiClientOptionsTests
{
    [Fact]
    public void Headers_OfOtherCase_AreTheSame()
    {
        var options = new CCApiClientOptions { Headers = { ["X-Team"] = "a" } };

        options.Headers["x-team"] = "b";

        Assert.Equal("b", Assert.Single(options.Headers).Value);
    }

    [Fact]
    public void Clone_OfOptions_SharesNothingThatCanChange()
    {
        var options = new CCApiClientOptions { ApiKey = "sk-a", Headers = { ["X-Team"] = "a" } };

        var copy = options.Clone();
        options.ApiKey = "sk-b";
        options.Headers["X-Team"] = "b";
        options.Retry.MaxRetries = 9;
        options.Timeouts.Idle = TimeSpan.FromSeconds(9);

        Assert.Equal("sk-a", copy.ApiKey);
        Assert.Equal("a", copy.Headers["x-team"]);
        Assert.Equal(2, copy.Retry.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(60), copy.Timeouts.Idle);
    }

    [Fact]
    public async Task Options_ChangedAfterTheClientWasMade_HaveNoEffect()
    {
        var gateway = new FakeGateway().Answer(200, """{"data":[]}""");
        var options = FakeGateway.Options();
        using var client = new CCApiClient(gateway.HttpClient(), options);

        options.ApiKey = "sk-other";
        options.BaseAddress = new Uri("https://other.test/");
        options.Headers["X-Late"] = "1";
        await client.Catalog.ListProvidersAsync();

        Assert.Equal("https://gateway.test/v1/providers", gateway.Sent[0].Uri);
        Assert.Equal($"Bearer {FakeGateway.Key}", gateway.Sent[0].Header("Authorization"));
        Assert.Null(gateway.Sent[0].Header("X-Late"));
    }
}
