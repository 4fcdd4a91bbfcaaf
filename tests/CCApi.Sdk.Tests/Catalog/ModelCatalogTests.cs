using System;
using System.Linq;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class ModelCatalogTests
{
    private static readonly DateTimeOffset _time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void FromModels_OfModels_KeepsTheirOrderAndTheFirstOfEachId()
    {
        var first = new ModelSummary { Id = "b" };

        var catalog = ModelCatalog.FromModels([first, new ModelSummary { Id = "a" }, new ModelSummary { Id = "b" }, new ModelSummary(), null!], _time);

        Assert.Equal(["b", "a"], catalog.Models.Select(model => model.Id));
        Assert.Same(first, catalog.Models[0].Summary);
        Assert.Equal(_time, catalog.RetrievedAt);
        Assert.Equal("2 models, retrieved at 2026-01-02 03:04:05Z", catalog.ToString());
    }

    [Fact]
    public void FromModels_OfNone_IsEmpty()
    {
        var catalog = ModelCatalog.FromModels([]);

        Assert.Empty(catalog.Models);
        Assert.Null(catalog.Find("a"));
        Assert.Empty(catalog.Near("a"));
        Assert.Empty(catalog.Find(query => query.CheapestFor(1, 1)));
    }

    [Fact]
    public void FromModels_OfPriceOptionsThatChangeLater_KeepsTheFirst()
    {
        var prices = new ModelPriceOptions { Currency = "EUR" };
        var model = new ModelSummary { Id = "a", Pricing = Json("""{"per_image":1}""") };

        var catalog = ModelCatalog.FromModels([model], _time, prices);
        prices.Currency = "CNY";

        Assert.Equal("EUR", Assert.Single(catalog.Models[0].Price.Rates).Currency);
    }

    [Fact]
    public void Find_OfAnId_IsTheModel()
    {
        var catalog = ModelCatalog.FromModels([new ModelSummary { Id = "acme/one" }, new ModelSummary { Id = "acme/two" }]);

        Assert.Equal("acme/two", catalog.Find("acme/two")!.Id);
        Assert.True(catalog.TryFind("TWO", out var model));
        Assert.Equal("acme/two", model!.Id);
        Assert.False(catalog.TryFind(null, out _));
        Assert.False(catalog.TryFind("acme/three", out _));
    }

    [Fact]
    public void Near_OfAMistypedId_IsTheNearestFirst()
    {
        var catalog = ModelCatalog.FromModels(new[] { "openai/gpt-4o", "openai/gpt-4o-mini", "acme/whisper" }.Select(id => new ModelSummary { Id = id }));

        Assert.Equal(["openai/gpt-4o-mini"], catalog.Near("openai/gpt-4o-mni"));
        Assert.DoesNotContain("openai/gpt-4o", catalog.Near("openai/gpt-4o"));
    }

    [Theory]
    [InlineData("kling-3.0", "kuaishou/kling-3.0-pro kuaishou/kling-3.0-standard")]
    [InlineData("kuaishou/KLING-3.0-max", "kuaishou/kling-3.0-pro")]
    [InlineData("gpt-4o", "openai/gpt-4o-2024-08-06 openai/gpt-4o-2024-11-20")]
    [InlineData("gpt-5.2-latest", "gpt-5.2")]
    [InlineData("x:free", "")]
    [InlineData("gpt", "")]
    [InlineData("", "")]
    public void Near_OfAnotherVersion_HasTheVersions(string id, string expected)
    {
        var ids = new[] { "kuaishou/kling-3.0-standard", "kuaishou/kling-3.0-pro", "openai/gpt-4o-2024-08-06", "openai/gpt-4o-2024-11-20", "gpt-5.2", "x" };
        var catalog = ModelCatalog.FromModels(ids.Select(listed => new ModelSummary { Id = listed }));

        Assert.Equal(expected, string.Join(" ", catalog.Near(id)));
    }

    [Fact]
    public void Arguments_ThatAreNull_AreRejected()
    {
        var catalog = ModelCatalog.FromModels([]);

        Assert.Throws<ArgumentNullException>(() => ModelCatalog.FromModels(null!));
        Assert.Throws<ArgumentNullException>(() => catalog.Find((string)null!));
        Assert.Throws<ArgumentNullException>(() => catalog.Find((Func<ModelQuery, ModelQuery>)null!));
        Assert.Throws<ArgumentNullException>(() => catalog.Near(null!));
        Assert.Throws<ArgumentException>(() => catalog.Find(_ => null!));
    }

    private static System.Text.Json.JsonElement Json(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement;
}
