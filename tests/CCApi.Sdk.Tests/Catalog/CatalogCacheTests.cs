using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public sealed class CatalogCacheTests : IDisposable
{
    private static readonly CatalogKey _key = new("sk-1", "", "USD", null);

    private readonly TestClock _clock = new();
    private readonly Queue<TaskCompletionSource<ModelCatalog>> _retrievals = new();
    private readonly CatalogCache _cache;
    private readonly SemaphoreSlim _started = new(0);
    private int _retrieved;

    public CatalogCacheTests() => _cache = new CatalogCache(_clock);

    public void Dispose() => _started.Dispose();

    [Fact]
    public async Task GetAsync_OfManyCallers_RetrievesOnce()
    {
        var retrieval = Next();

        var waiting = Enumerable.Range(0, 100).Select(_ => Get()).ToList();
        retrieval.SetResult(Catalog("a"));
        var catalogs = await Task.WhenAll(waiting);

        Assert.Single(catalogs.Distinct());
        Assert.Equal(1, _retrieved);
    }

    [Fact]
    public async Task GetAsync_OfACallerThatCancels_LeavesTheOthersTheirs()
    {
        var retrieval = Next();
        using var source = new CancellationTokenSource();

        var first = Get(cancellationToken: source.Token);
        var second = Get();
        source.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(first));
        retrieval.SetResult(Catalog("a"));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal("a", Id(await Patience.Wait(second)));
        Assert.Equal(1, _retrieved);
    }

    [Fact]
    public async Task GetAsync_OfACanceledToken_StartsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Get(cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, _retrieved);
    }

    [Fact]
    public async Task GetAsync_UntilMaxAge_RetrievesNothing()
    {
        Next().SetResult(Catalog("a"));
        await Get();

        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));

        Assert.Equal("a", Id(await Get()));
        Assert.Equal(1, _retrieved);
    }

    [Fact]
    public async Task GetAsync_AfterMaxAge_ReturnsTheOldOneAndRefreshesOnceBehindIt()
    {
        Next().SetResult(Catalog("a"));
        await Get();
        _clock.Advance(TimeSpan.FromHours(1));
        var refresh = Next();

        var stale = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Get()));
        await Patience.Wait(_started.WaitAsync());
        await Patience.Wait(_started.WaitAsync());
        refresh.SetResult(Catalog("b"));

        Assert.All(stale, catalog => Assert.Equal("a", Id(catalog)));
        Assert.Equal("b", Id(await Refreshed()));
        Assert.Equal(2, _retrieved);
    }

    [Fact]
    public async Task GetAsync_AfterMaxStale_WaitsForTheRefresh()
    {
        Next().SetResult(Catalog("a"));
        await Get();
        _clock.Advance(TimeSpan.FromHours(25));
        var refresh = Next();

        var waiting = Get();
        Assert.False(waiting.IsCompleted);
        refresh.SetResult(Catalog("b"));

        Assert.Equal("b", Id(await Patience.Wait(waiting)));
    }

    [Fact]
    public async Task GetAsync_OfARefreshThatFails_KeepsTheOldOneAndPauses()
    {
        Next().SetResult(Catalog("a"));
        await Get();
        _clock.Advance(TimeSpan.FromHours(30));
        Next().SetException(new CCApiConnectionException("no"));

        var first = await Get();
        var second = await Get();
        Assert.Equal(2, _retrieved);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Next().SetResult(Catalog("b"));
        var third = await Get();

        Assert.Equal(["a", "a", "b"], new[] { first, second, third }.Select(Id));
        Assert.Equal(3, _retrieved);
    }

    [Fact]
    public async Task GetAsync_OfAFirstRetrievalThatFails_ThrowsForEachAndTriesAgain()
    {
        var retrieval = Next();
        var waiting = new[] { Get(), Get() };
        retrieval.SetException(new CCApiConnectionException("no"));
        foreach (var task in waiting)
        {
            await Assert.ThrowsAsync<CCApiConnectionException>(() => Patience.Wait(task));
        }

        Next().SetResult(Catalog("a"));

        Assert.Equal("a", Id(await Get()));
        Assert.Equal(2, _retrieved);
    }

    [Fact]
    public async Task GetAsync_OfARefreshWithoutModels_KeepsTheOldOne()
    {
        Next().SetResult(Catalog("a"));
        await Get();
        _clock.Advance(TimeSpan.FromHours(30));
        Next().SetResult(ModelCatalog.FromModels([], _clock.GetUtcNow()));

        Assert.Equal("a", Id(await Get()));
    }

    [Fact]
    public async Task GetAsync_OfAListWithoutModels_IsAnEmptyCatalog()
    {
        Next().SetResult(ModelCatalog.FromModels([], _clock.GetUtcNow()));

        Assert.Empty((await Get()).Models);
    }

    [Fact]
    public async Task GetAsync_WithAnInitialCatalog_ReturnsItByItsAge()
    {
        var rules = new ModelCatalogOptions { Initial = Catalog("saved") };

        Assert.Equal("saved", Id(await Get(rules)));
        Assert.Equal(0, _retrieved);

        _clock.Advance(TimeSpan.FromHours(2));
        Next().SetResult(Catalog("b"));

        Assert.Equal("saved", Id(await Get(rules)));
        Assert.Equal("b", Id(await Refreshed(rules)));
    }

    [Fact]
    public async Task GetAsync_WithAnInitialCatalogWhenTheGatewayIsDown_ReturnsIt()
    {
        var rules = new ModelCatalogOptions { Initial = Catalog("saved") };
        _clock.Advance(TimeSpan.FromDays(300));
        Next().SetException(new CCApiConnectionException("no"));

        Assert.Equal("saved", Id(await Get(rules)));
    }

    [Fact]
    public async Task GetAsync_WithAnOlderInitialCatalog_KeepsItsOwn()
    {
        var rules = new ModelCatalogOptions { Initial = Catalog("saved") };
        _clock.Advance(TimeSpan.FromSeconds(1));
        Next().SetResult(Catalog("a"));
        await Get();

        Assert.Equal("a", Id(await Get(rules)));
    }

    [Fact]
    public async Task GetAsync_WithNoAgeAtAll_RetrievesEachTime()
    {
        var rules = new ModelCatalogOptions { MaxAge = TimeSpan.Zero, MaxStale = TimeSpan.Zero };
        Next().SetResult(Catalog("a"));
        Next().SetResult(Catalog("b"));

        Assert.Equal(["a", "b"], new[] { Id(await Get(rules)), Id(await Get(rules)) });
    }

    [Fact]
    public async Task GetAsync_WithNoAgeAtAllAndTheUsualMaxStale_RetrievesEachTime()
    {
        var rules = new ModelCatalogOptions { MaxAge = TimeSpan.Zero };
        Next().SetResult(Catalog("a"));
        Next().SetResult(Catalog("b"));

        Assert.Equal(["a", "b"], new[] { Id(await Get(rules)), Id(await Patience.Wait(Get(rules))) });
        Assert.Equal(2, _retrieved);
    }

    [Fact]
    public async Task GetAsync_WithNoAgeAtAllWhenTheGatewayIsDown_ReturnsTheOldOne()
    {
        var rules = new ModelCatalogOptions { MaxAge = TimeSpan.Zero };
        Next().SetResult(Catalog("a"));
        Next().SetException(new TimeoutException());

        Assert.Equal(["a", "a"], new[] { Id(await Get(rules)), Id(await Patience.Wait(Get(rules))) });
        Assert.Equal(2, _retrieved);
    }

    [Fact]
    public async Task GetAsync_AfterTheClockWasSetBack_RefreshesBehindTheOldOne()
    {
        var rules = new ModelCatalogOptions { Initial = ModelCatalog.FromModels([new ModelSummary { Id = "future" }], _clock.GetUtcNow().AddYears(1)) };
        var refresh = Next();

        Assert.Equal("future", Id(await Get(rules)));
        await Patience.Wait(_started.WaitAsync());
        refresh.SetResult(Catalog("now"));
    }

    [Fact]
    public async Task GetAsync_WithAnInitialCatalogOfTheFuture_ReplacesItByItsOwnForGood()
    {
        var rules = new ModelCatalogOptions { Initial = ModelCatalog.FromModels([new ModelSummary { Id = "future" }], _clock.GetUtcNow().AddYears(1)) };
        Next().SetResult(Catalog("now"));
        await Get(rules);

        await RefreshedAsync();

        Assert.Equal("now", Id(await Get(rules)));
        Assert.Equal(1, _retrieved);
    }

    [Fact]
    public async Task GetAsync_WithANewerInitialCatalogThanItsOwn_TakesIt()
    {
        Next().SetResult(Catalog("a"));
        await Get();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var saved = new ModelCatalogOptions { Initial = Catalog("newer") };
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("newer", Id(await Get(saved)));
    }

    [Theory]
    [InlineData(365 * 24)]
    [InlineData(-365 * 24)]
    public async Task GetAsync_AfterTheClockJumped_HasItsOwnAfterOneRefresh(int hours)
    {
        Next().SetResult(Catalog("a"));
        await Get();
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(hours));
        Next().SetResult(Catalog("b"));

        await Get();
        await RefreshedAsync();

        Assert.Equal("b", Id(await Get()));
        Assert.Equal(2, _retrieved);
    }

    [Fact]
    public async Task GetAsync_WithTheLongestAgesAfterTheClockWasSetBack_ReturnsTheOldOne()
    {
        var rules = new ModelCatalogOptions { MaxAge = TimeSpan.MaxValue, MaxStale = TimeSpan.MaxValue };
        Next().SetResult(Catalog("a"));
        await Get(rules);
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        Next().SetResult(Catalog("b"));

        Assert.Equal("a", Id(await Get(rules)));
    }

    [Fact]
    public async Task GetAsync_OfOtherKeys_KeepsTheirCatalogsApart()
    {
        Next().SetResult(Catalog("a"));
        Next().SetResult(Catalog("b"));

        Assert.Equal("a", Id(await Get()));
        Assert.Equal("b", Id(await Get(key: _key with { UnstatedTokens = 1 })));
        Assert.Equal("a", Id(await Get()));
        Assert.Equal(2, _retrieved);
    }

    [Fact]
    public async Task GetAsync_OfManyKeys_ForgetsTheOneUsedLeastRecently()
    {
        for (var i = 0; i <= CatalogCache.MaxEntries; i++)
        {
            Next().SetResult(Catalog($"m{i}"));
            await Get(key: _key with { Key = $"sk-{i}" });
            Assert.Equal("m0", Id(await Get(key: _key with { Key = "sk-0" })));
        }

        Next().SetResult(Catalog("again"));

        Assert.Equal("m64", Id(await Get(key: _key with { Key = "sk-64" })));
        Assert.Equal("again", Id(await Get(key: _key with { Key = "sk-1" })));
    }

    [Fact]
    public async Task GetAsync_UnderAThousandReaders_GivesEachAWholeCatalogThatNeverGetsOlder()
    {
        var rules = new ModelCatalogOptions { MaxAge = TimeSpan.FromMinutes(1), MaxStale = TimeSpan.FromDays(1) };
        var version = 0;
        Task<ModelCatalog> RetrieveAsync()
        {
            var mine = Interlocked.Increment(ref version);
            var ids = Enumerable.Range(0, 50).Select(i => new ModelSummary { Id = $"v{mine}/m{i}" });
            return Task.FromResult(ModelCatalog.FromModels(ids, _clock.GetUtcNow()));
        }

        async Task ReadAsync()
        {
            await Task.Yield();
            var last = 0;
            for (var i = 0; i < 50; i++)
            {
                var catalog = await _cache.GetAsync(_key, new CatalogRules(rules), RetrieveAsync, CancellationToken.None, CancellationToken.None);
                var seen = int.Parse(catalog.Models[0].Id[1..].Split('/')[0], System.Globalization.CultureInfo.InvariantCulture);
                Assert.InRange(seen, last, int.MaxValue);
                Assert.Equal(50, catalog.Models.Count);
                Assert.All(catalog.Models, model => Assert.StartsWith($"v{seen}/", model.Id, StringComparison.Ordinal));
                last = seen;
                _clock.Advance(TimeSpan.FromMilliseconds(20));
            }
        }

        await Patience.Wait(Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(ReadAsync))));

        // The clock passes 1,000 s: a refresh a minute, and some that readers of the same moment start beside one that just ended.
        Assert.InRange(version, 2, 2 * 1000 * 50 * 20 / 60_000);
    }

    /// <summary>Waits for the refresh under way; one that starts because there is none fails and changes nothing.</summary>
    private Task<ModelCatalog> RefreshedAsync() => Patience.Wait(Get(new ModelCatalogOptions { MaxAge = TimeSpan.Zero }));

    private Task<ModelCatalog> Get(ModelCatalogOptions? rules = null, CatalogKey? key = null, CancellationToken cancellationToken = default) =>
        _cache.GetAsync(key ?? _key, new CatalogRules(rules ?? new ModelCatalogOptions()), RetrieveAsync, cancellationToken, cancellationToken);

    private Task<ModelCatalog> RetrieveAsync()
    {
        Task<ModelCatalog> retrieval;
        lock (_retrievals)
        {
            retrieval = _retrievals.Dequeue().Task;
            _retrieved++;
        }

        _started.Release();
        return retrieval;
    }

    private TaskCompletionSource<ModelCatalog> Next()
    {
        var source = new TaskCompletionSource<ModelCatalog>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_retrievals)
        {
            _retrievals.Enqueue(source);
        }

        return source;
    }

    private ModelCatalog Catalog(string id) => ModelCatalog.FromModels([new ModelSummary { Id = id }], _clock.GetUtcNow());

    private static string Id(ModelCatalog catalog) => Assert.Single(catalog.Models).Id;

    /// <summary>The catalog once the refresh under way has ended.</summary>
    private Task<ModelCatalog> Refreshed(ModelCatalogOptions? rules = null) =>
        Patience.Wait(Get(new ModelCatalogOptions { MaxStale = TimeSpan.Zero, Initial = rules?.Initial }));
}
