using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class CatalogModelTests
{
    [Fact]
    public void Model_OfTheContract_HasEachMember()
    {
        var summary = Wire.Read<ModelSummary>(Example.Load("ModelSummary.full.json").Documents[0].Json);

        var model = Assert.Single(ModelCatalog.FromModels([summary]).Models);

        Assert.Equal("openai/gpt-4o-mini", model.Id);
        Assert.Equal("openai/gpt-4o-mini", model.ToString());
        Assert.Equal("GPT-4o mini", model.DisplayName);
        Assert.Equal("openai", model.Provider);
        Assert.Equal(ModelType.Text, model.Type);
        Assert.Equal([Modality.Text, Modality.Image], model.InputModalities);
        Assert.Equal([Modality.Text], model.OutputModalities);
        Assert.Equal(128_000, model.ContextLength);
        Assert.Equal(16_384, model.MaxOutputTokens);
        Assert.True(model.SupportsTools);
        Assert.True(model.SupportsJsonMode);
        Assert.Equal("Input 0.15 USD per 1M tokens, Output 0.6 USD per 1M tokens", model.Price.ToString());
    }

    [Fact]
    public void Model_OfAnIdAlone_HasNothingElse()
    {
        var model = Assert.Single(ModelCatalog.FromModels([new ModelSummary { Id = "gpt-5" }]).Models);

        Assert.Equal("gpt-5", model.DisplayName);
        Assert.Null(model.Provider);
        Assert.Null(model.Type);
        Assert.Empty(model.InputModalities);
        Assert.Empty(model.OutputModalities);
        Assert.Null(model.ContextLength);
        Assert.Null(model.MaxOutputTokens);
        Assert.Null(model.SupportsTools);
        Assert.Null(model.SupportsJsonMode);
        Assert.False(model.Price.IsKnown);
    }

    [Fact]
    public async Task Price_OfManyReaders_IsOneObject()
    {
        var model = Assert.Single(ModelCatalog.FromModels([JsonSerializer.Deserialize<ModelSummary>("""{"id":"a","pricing":{"per_image":1}}""")!]).Models);

        var prices = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => model.Price)));

        Assert.Single(prices.Distinct());
    }
}
