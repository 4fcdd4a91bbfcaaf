using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Costs;

public class PriceRetrievalTests
{
    private readonly TestClock _clock = new();
    private readonly SemaphoreSlim _retrieved = new(0);
    private readonly PriceRetrieval _prices;
    private int _retrievals;

    public PriceRetrievalTests() => _prices =
        new PriceRetrieval(_clock, TimeSpan.FromHours(1), TimeSpan.FromSeconds(30)) { Retrieve = RetrieveAsync };

    [Fact]
    public void Current_OfAnOlderCatalog_StaysTheNewerOne()
    {
        var newer = new TestPrices { RetrievedAt = _clock.GetUtcNow() };

        _prices.Current = newer;
        _prices.Current = new TestPrices { RetrievedAt = _clock.GetUtcNow() - TimeSpan.FromHours(1) };

        Assert.Same(newer, _prices.Current);
    }

    [Fact]
    public void Current_OfACatalogOfTheFuture_IsReplacedByTheNextOne()
    {
        var next = new TestPrices { RetrievedAt = _clock.GetUtcNow() };

        _prices.Current = new TestPrices { RetrievedAt = _clock.GetUtcNow().AddYears(1) };
        _prices.Current = next;

        Assert.Same(next, _prices.Current);
    }

    [Fact]
    public async Task RefreshInBackground_OfPricesOfTheFuture_RetrievesThem()
    {
        _prices.Current = new TestPrices { RetrievedAt = _clock.GetUtcNow().AddYears(1) };

        _prices.RefreshInBackground();
        await WaitForAsync(1);

        Assert.Equal(1, _retrievals);
    }

    [Fact]
    public async Task CanRetrieve_AfterTheClockWasSetBackDuringThePause_IsTrue()
    {
        _prices.Retrieve = _ => throw new CCApiServerException("down");
        await _prices.RetrieveAsync(TestContext.Current.CancellationToken);

        _clock.AdjustTime(_clock.GetUtcNow().AddDays(-1));

        Assert.True(_prices.CanRetrieve);
    }

    [Theory]
    [InlineData(59, 0)]
    [InlineData(60, 1)]
    public async Task RefreshInBackground_OfPrices_RetrievesThoseOfAnHour(int minutes, int expected)
    {
        _prices.Current = new TestPrices { RetrievedAt = _clock.GetUtcNow() - TimeSpan.FromMinutes(minutes) };

        _prices.RefreshInBackground();
        _prices.RefreshInBackground();
        await WaitForAsync(expected);

        Assert.Equal(expected, _retrievals);
    }

    [Fact]
    public async Task RefreshInBackground_AfterARetrieval_PausesForThirtySeconds()
    {
        await _prices.RetrieveAsync(TestContext.Current.CancellationToken);
        Assert.True(_prices.CanRetrieve);

        _prices.Retrieve = _ => throw new CCApiServerException("down");
        await _prices.RetrieveAsync(TestContext.Current.CancellationToken);
        var afterFailure = _prices.CanRetrieve;
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(afterFailure);
        Assert.True(_prices.CanRetrieve);
    }

    [Fact]
    public async Task RetrieveAsync_Canceled_DoesNotCountAsAFailure()
    {
        using var stop = new CancellationTokenSource();
        _prices.Retrieve = Wait;
        var retrieval = _prices.RetrieveAsync(stop.Token);

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(retrieval));
        Assert.True(_prices.CanRetrieve);

        static Task Wait(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private Task RetrieveAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _retrievals);
        _retrieved.Release();
        return Task.CompletedTask;
    }

    private async Task WaitForAsync(int retrievals)
    {
        for (var i = 0; i < retrievals; i++)
        {
            await Patience.Wait(_retrieved.WaitAsync(TestContext.Current.CancellationToken));
        }
    }
}
