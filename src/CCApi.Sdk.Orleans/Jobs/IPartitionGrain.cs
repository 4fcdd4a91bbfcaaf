using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A part of a job. Its key is that of <see cref="PartitionKey"/>.</summary>
[Alias("ccapi.partition")]
internal interface IPartitionGrain : IGrainWithStringKey
{
    /// <summary>Stores its items. A later submission replaces what an earlier one loaded, until it runs.</summary>
    [Alias("load")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task LoadAsync(PartitionInput input);

    /// <summary>Runs it, if it does not run; returns how far it is.</summary>
    [Alias("run")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<PartitionView> RunAsync(string submission, bool isStopped);

    /// <summary>Reads results, from a chunk on.</summary>
    [Alias("results")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<ResultPage> ReadResultsAsync(int chunk);

    /// <summary>Deletes what is stored.</summary>
    [Alias("clear")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task ClearAsync();
}
