using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
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
    public void Clone_OfAlternatives_CopiesTheListsToo()
    {
        var list = new List<string> { "b" };
        var options = new CCApiClientOptions { Failover = { Alternatives = { ["a"] = list, ["none"] = null! } } };

        var copy = options.Clone();
        list[0] = "c";
        options.Failover.Alternatives["d"] = ["e"];

        Assert.Equal(["b"], copy.Failover.Alternatives["A"]);
        Assert.Null(copy.Failover.Alternatives["none"]);
        Assert.Equal(2, copy.Failover.Alternatives.Count);
    }

    /// <summary>Whatever is added later: text and numbers may be serialized, a key, headers and objects may not.</summary>
    [Fact]
    public void Serialize_OfOptions_ShowsNeitherKeysNorObjects()
    {
        var options = new CCApiClientOptions { ApiKey = "sk-0123456789", ApiKeyProvider = _ => new("sk-0123456789"), LoggerFactory = NullLoggerFactory.Instance, Headers = { ["X-Key"] = "sk-0123456789" } };

        var json = JsonSerializer.Serialize(options);

        Assert.DoesNotContain("sk-0123456789", json, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-0123456789", $"{options}", StringComparison.Ordinal);
        Assert.Contains("\"BaseAddress\":\"https://api.ccapi.ai/v1/\"", json, StringComparison.Ordinal);
        var objects = typeof(CCApiClientOptions).GetProperties().Where(property => typeof(Delegate).IsAssignableFrom(property.PropertyType) || property.PropertyType.IsInterface || property.PropertyType.IsAbstract);
        Assert.All(objects, property => Assert.NotNull(property.GetCustomAttribute<JsonIgnoreAttribute>()));
    }

    [Fact]
    public async Task Options_ChangedAfterTheClientWasMade_HaveNoEffect()
    {
        var gateway = new FakeGateway().Respond(200, """{"data":[]}""");
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
