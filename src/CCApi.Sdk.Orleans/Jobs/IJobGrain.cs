using System.Threading.Tasks;
using Orleans;
using Orleans.Concurrency;

namespace CCApi.Sdk.Orleans;

/// <summary>The coordinator of a job. Its key is the id of the job.</summary>
[Alias("ccapi.job")]
internal interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Begins a submission. One that was not started gives way.</summary>
    [Alias("begin")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task BeginAsync(string submission, JobSettings settings);

    /// <summary>Whether a submission is being loaded, and has not given way.</summary>
    [Alias("is-current")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<bool> IsCurrentAsync(string submission);

    /// <summary>Starts the job, when all partitions are loaded.</summary>
    [Alias("start")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task StartAsync(string submission, int partitions, int items);

    [Alias("progress")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<JobProgress> GetProgressAsync();

    [Alias("stop")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task StopAsync();

    [Alias("clear")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task ClearAsync();

    /// <summary>A partition is finished. It need not arrive: partitions are polled too.</summary>
    [OneWay]
    [Alias("finished")]
    Task OnFinishedAsync(int partition, PartitionView view);
}
