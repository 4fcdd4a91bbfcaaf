using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class CatalogRetrievalTests
{
    private readonly List<(int? Limit, int? Offset)> _pages = [];
    private readonly TestClock _clock = new();

    [Fact]
    public async Task RunAsync_SeveralPages_ListsEachOnce()
    {
        var catalog = await Retrieval(total: 5).RunAsync(Rules(pageSize: 2), options: null);

        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], catalog.Models.Select(model => model.Id));
        Assert.Equal([(2, 0), (2, 2), (2, 4), (2, 5)], _pages);
        Assert.Equal(_clock.GetUtcNow(), catalog.RetrievedAt);
    }

    [Fact]
    public async Task RunAsync_AsManyModelsAsAllowed_ReturnsThem()
    {
        var catalog = await Retrieval(total: 4).RunAsync(Rules(pageSize: 2, maxModels: 4), options: null);

        Assert.Equal(4, catalog.Models.Count);
    }

    [Fact]
    public async Task RunAsync_MoreModelsThanAllowed_NamesTheOption()
    {
        var retrieval = Retrieval(total: 5);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => retrieval.RunAsync(Rules(pageSize: 2, maxModels: 4), options: null));

        Assert.Equal("The gateway lists more than 4 models. Raise ModelCatalogOptions.MaxModels if that is right.", exception.Message);
    }

    [Fact]
    public void SharedOptions_OptionsOfACall_KeepsWhoseItIsAndNotItsBudgets()
    {
        var options = new CCApiRequestOptions
        {
            ApiKey = "sk-tenant",
            IsInstrumentedByCaller = true,
            Total = TimeSpan.FromSeconds(1),
            MaxRetries = 0,
            Headers = { ["X-Tenant"] = "a" },
        };

        var shared = CatalogRetrieval.SharedOptions(options)!;

        Assert.Equal(("sk-tenant", true), (shared.ApiKey, shared.IsInstrumentedByCaller));
        Assert.Equal(((TimeSpan?)null, (int?)null), (shared.Total, shared.MaxRetries));
        Assert.Equal("a", Assert.Single(shared.Headers).Value);
        Assert.Null(CatalogRetrieval.SharedOptions(null));
    }

    private static CatalogRules Rules(int pageSize, int maxModels = 100) =>
        new(new ModelCatalogOptions { PageSize = pageSize, MaxModels = maxModels });

    /// <summary>The retrieval of a gateway that pages.</summary>
    private CatalogRetrieval Retrieval(int total) => new(
        (query, _, _) =>
        {
            _pages.Add((query!.Limit, query.Offset));
            var names = Enumerable.Range(query.Offset!.Value, Math.Min(query.Limit!.Value, total - query.Offset.Value));
            return Task.FromResult(new ModelListResponse { Data = [.. names.Select(name => new ModelSummary { Id = $"m{name}" })] });
        },
        _clock);
}
