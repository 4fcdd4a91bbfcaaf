using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Orleans.ClusterTests.Support;
using Orleans;
using Xunit;

namespace CCApi.Sdk.Orleans.ClusterTests.Jobs;

public class JobGrainTests
{
    [Fact]
    public async Task BeginAsync_OfTwoAtOnce_LetsTheLaterOneGoOn()
    {
        await using var fleet = await TestFleet.StartAsync(silos: 1);
        var job = fleet.Cluster.Client.GetGrain<IJobGrain>("race");
        var writes = new Steps();
        fleet.Storage.BeforeWrite = _ => writes.PassAsync();

        var first = job.BeginAsync("first", new JobSettings());
        await writes.WaitForAsync(1);
        var second = job.BeginAsync("second", new JobSettings());
        await WaitForAsync(() => job.IsCurrentAsync("second"));
        fleet.Storage.BeforeWrite = null;
        writes.Release(0);

        await second;
        await AssertExistsAsync(first);
        Assert.False(await job.IsCurrentAsync("first"));
        await AssertExistsAsync(job.StartAsync("first", 1, 1));
    }

    [Fact]
    public async Task StartAsync_Again_DoesNotStartAJobThatIsFinished()
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { ApiKey = TestFleet.ApiKey });
        await using var fleet = await TestFleet.StartAsync(silos: 1, address: emulator.BaseAddress);
        var job = fleet.Cluster.Client.GetGrain<IJobGrain>("again");
        await job.BeginAsync("one", new JobSettings());
        var partition = fleet.Cluster.Client.GetGrain<IPartitionGrain>(PartitionKey.Of("again", 0));
        await partition.LoadAsync(new PartitionInput { Submission = "one", Items = [FleetItems.ToRecord(SampleJobs.One())] });
        var reminders = new Steps();
        fleet.Reminders.BeforeWrite = reminders.PassAsync;

        // As after a time-out.
        job.StartAsync("one", 1, 1).Ignore();
        job.StartAsync("one", 1, 1).Ignore();
        await reminders.WaitForAsync(2);
        reminders.Release(0);
        await WaitForAsync(() => Task.FromResult(emulator.Ledger.Count == 1));
        await WaitForAsync(async () => (await job.GetProgressAsync()).Sums.IsFinished);
        var writes = fleet.Storage.Writes;
        reminders.Release(1);
        await WaitForAsync(() => Task.FromResult(fleet.Storage.Writes > writes));

        var progress = await job.GetProgressAsync();
        Assert.Equal((1, true), (progress.Sums.Done, progress.Sums.IsFinished));
        Assert.Equal(1, emulator.Ledger.Count);
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TestFleet.Patience);
        while (!await condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static async Task AssertExistsAsync(Task submission)
    {
        var exception = await Assert.ThrowsAsync<FleetException>(() => submission);
        Assert.Equal(FleetError.JobExists, exception.Error);
    }
}
