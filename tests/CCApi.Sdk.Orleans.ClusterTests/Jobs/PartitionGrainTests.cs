using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Orleans.ClusterTests.Support;
using Xunit;

namespace CCApi.Sdk.Orleans.ClusterTests.Jobs;

public class PartitionGrainTests
{
    [Fact]
    public async Task LoadAsync_OfASubmissionThatGaveWay_KeepsTheLaterOne()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var (job, partition) = GrainsOf(fleet, "race");
        await job.BeginAsync("old", new JobSettings());
        await job.BeginAsync("new", new JobSettings());
        var writes = new Steps();
        fleet.Storage.BeforeWrite = _ => writes.PassAsync();

        // The old one arrives while the new one is being written.
        var later = partition.LoadAsync(InputOf("new"));
        await writes.WaitForAsync(1);
        var earlier = partition.LoadAsync(InputOf("old"));
        await partition.ReadResultsAsync(0);
        fleet.Storage.BeforeWrite = null;
        writes.Release(0);

        await later;
        var exception = await Assert.ThrowsAsync<FleetException>(() => earlier);
        Assert.Equal(FleetError.JobExists, exception.Error);
        Assert.Equal(3, (await partition.RunAsync("new", isStopped: true)).NotSent);
    }

    [Fact]
    public async Task LoadAsync_OfALaterSubmission_ReplacesTheEarlierOne()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var (job, partition) = GrainsOf(fleet, "again");
        await job.BeginAsync("old", new JobSettings());
        await partition.LoadAsync(InputOf("old"));
        await job.BeginAsync("new", new JobSettings());

        await partition.LoadAsync(InputOf("new"));

        var exception = await Assert.ThrowsAsync<FleetException>(() => partition.RunAsync("old", isStopped: true));
        Assert.Equal(FleetError.InvalidJob, exception.Error);
        Assert.Equal(3, (await partition.RunAsync("new", isStopped: true)).NotSent);
    }

    [Fact]
    public async Task LoadAsync_AfterAWriteThatFailed_WritesAgain()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var (job, partition) = GrainsOf(fleet, "full");
        await job.BeginAsync("old", new JobSettings());
        await partition.LoadAsync(InputOf("old"));
        await job.BeginAsync("new", new JobSettings());
        fleet.Storage.Fail(operations: 2);
        await Assert.ThrowsAnyAsync<System.Exception>(() => partition.LoadAsync(InputOf("new")));
        fleet.Storage.Fail(operations: 0);
        var writes = fleet.Storage.Writes;

        await partition.LoadAsync(InputOf("new"));

        Assert.Equal(writes + 1, fleet.Storage.Writes);
    }

    [Fact]
    public async Task RunAsync_OfTwoCallsAtOnce_RunsEachItemOnce()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var (job, partition) = GrainsOf(fleet, "polled");
        await job.BeginAsync("one", new JobSettings());
        await partition.LoadAsync(InputOf("one"));
        var reads = new Steps();
        var writes = new Steps();
        fleet.Storage.BeforeRead = _ => reads.PassAsync();
        fleet.Storage.BeforeWrite = _ => writes.PassAsync();

        // As after a poll that took too long: the second one arrives while the first one reads what is stored.
        var first = partition.RunAsync("one", isStopped: false);
        await reads.WaitForAsync(1);
        var second = partition.RunAsync("one", isStopped: false);
        for (var i = 0; i < 10; i++)
        {
            await partition.ReadResultsAsync(0);
        }

        fleet.Storage.BeforeRead = null;
        reads.ReleaseAll();
        await writes.WaitForAsync(1);
        fleet.Storage.BeforeWrite = null;
        writes.ReleaseAll();

        await first;
        await second;
        var results = await ReadLastResultsAsync(partition);
        Assert.Equal(["item-0", "item-1", "item-2"], results.Results.Select(result => result.Id).Order());
    }

    /// <summary>Reads until the run has finished. Reading does not start one.</summary>
    private static async Task<ResultPage> ReadLastResultsAsync(IPartitionGrain partition)
    {
        using var patience = new CancellationTokenSource(TestFleet.Patience);
        while (true)
        {
            var page = await partition.ReadResultsAsync(0);
            if (page.IsLast)
            {
                return page;
            }

            await Task.Delay(10, patience.Token);
        }
    }

    private static (IJobGrain Job, IPartitionGrain Partition) GrainsOf(TestFleet fleet, string job)
    {
        var grains = fleet.Cluster.Client;
        return (grains.GetGrain<IJobGrain>(job), grains.GetGrain<IPartitionGrain>(PartitionKey.Of(job, 0)));
    }

    private static PartitionInput InputOf(string submission) => new()
    {
        Submission = submission,
        Items = Enumerable.Range(0, 3).Select(i => new ItemRecord { Id = $"item-{i}", Kind = 1 }).ToList(),
    };
}
