using System;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class ModelCatalogOptionsTests
{
    [Fact]
    public void Options_ByDefault_AreTheDefaults()
    {
        var options = new ModelCatalogOptions();

        Assert.Equal(TimeSpan.FromHours(1), options.MaxAge);
        Assert.Equal(TimeSpan.FromHours(24), options.MaxStale);
        Assert.Equal(100_000, options.MaxModels);
        Assert.Equal(100, options.PageSize);
        Assert.Equal("USD", options.Prices.Currency);
        Assert.Null(options.Prices.UnstatedTokens);
        Assert.Null(options.Initial);
    }

    [Fact]
    public async Task Options_OutOfRange_AreRejectedBeforeAnythingIsSent()
    {
        Action<ModelCatalogOptions>[] wrong =
        [
            options => options.MaxAge = TimeSpan.FromTicks(-1),
            options => options.MaxStale = TimeSpan.FromTicks(-1),
            options => options.MaxModels = 0,
            options => options.PageSize = 0,
            options => options.Prices.Currency = " ",
            options => options.Prices.UnstatedTokens = 0,
        ];
        var gateway = new FakeGateway();
        using var client = gateway.Client();

        foreach (var change in wrong)
        {
            var options = new ModelCatalogOptions();
            change(options);

            var exception = await Assert.ThrowsAsync<ArgumentException>(() => client.Catalog.GetCatalogAsync(options));

            Assert.Equal("catalogOptions", exception.ParamName);
        }

        Assert.Empty(gateway.Sent);
    }
}
