using System;
using CCApi.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Aspire.Tests;

public class CCApiAspireExtensionsTests
{
    [Fact]
    public void AddCcApiClient_OfAConnectionString_HasItsAddressAndKey()
    {
        var builder = Builder("Endpoint=https://gateway.test/v1/;Key=sk-one");
        builder.AddCcApiClient("ccapi", options => options.Retry.MaxRetries = 4);

        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptions<CCApiClientOptions>>().Value;

        Assert.Equal((new Uri("https://gateway.test/v1/"), "sk-one", 4), (options.BaseAddress, options.ApiKey, options.Retry.MaxRetries));
    }

    [Theory]
    [InlineData(null, "No connection string 'ccapi': reference the resource in the app host (WithReference), or set ConnectionStrings:ccapi to Endpoint=https://...;Key=...")]
    [InlineData("sk-secret", "The connection string 'ccapi' must be Endpoint=https://...;Key=...")]
    [InlineData("Endpoint=nowhere;Key=sk-secret", "The connection string 'ccapi' must be Endpoint=https://...;Key=...")]
    public void AddCcApiClient_OfAWrongConnectionString_SaysTheFixWithoutTheKey(string? connection, string expected)
    {
        var exception = Assert.Throws<ArgumentException>(() => Builder(connection).AddCcApiClient("ccapi"));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    private static HostApplicationBuilder Builder(string? connection)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["ConnectionStrings:ccapi"] = connection;

        return builder;
    }
}
