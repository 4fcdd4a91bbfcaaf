using System.Threading.Tasks;
using Orleans.Runtime;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans;

/// <summary>The storage of one grain, whose states have names that are computed.</summary>
/// <remarks>
/// A write of a version that is not the latest throws <see cref="InconsistentStateException"/>: somebody else has written.
/// </remarks>
internal sealed class GrainStore(IGrainStorage storage, GrainId grain)
{
    public async Task<StoredState<T>> ReadAsync<T>(string name)
        where T : class, new()
    {
        var state = new StoredState<T>();
        await storage.ReadStateAsync(name, grain, state.Raw).ConfigureAwait(true);
        state.Raw.State ??= new T();
        return state;
    }

    public Task WriteAsync<T>(string name, StoredState<T> state)
        where T : class, new() => storage.WriteStateAsync(name, grain, state.Raw);

    public Task ClearAsync<T>(string name, StoredState<T> state)
        where T : class, new() => storage.ClearStateAsync(name, grain, state.Raw);
}
