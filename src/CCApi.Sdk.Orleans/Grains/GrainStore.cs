using System;
using System.Threading.Tasks;
using Orleans.Runtime;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans;

/// <summary>The storage of one grain, whose states have names that are computed.</summary>
/// <remarks>
/// A write of a version that is not the latest throws <see cref="InconsistentStateException"/>: somebody else has written. Every other
/// failure is a <see cref="FleetException"/>, because callers of a grain could not read the exceptions that providers have.
/// </remarks>
internal sealed class GrainStore(IGrainStorage storage, GrainId grain)
{
    public async Task<StoredState<T>> ReadAsync<T>(string name)
        where T : class, new()
    {
        var state = new StoredState<T>();
        await RunAsync(() => storage.ReadStateAsync(name, grain, state.Raw)).ConfigureAwait(true);
        state.Raw.State ??= new T();
        return state;
    }

    public Task WriteAsync<T>(string name, StoredState<T> state)
        where T : class, new() => RunAsync(() => storage.WriteStateAsync(name, grain, state.Raw));

    public Task ClearAsync<T>(string name, StoredState<T> state)
        where T : class, new() => RunAsync(() => storage.ClearStateAsync(name, grain, state.Raw));

    /// <summary>What a failure of the storage means for who calls a grain.</summary>
    public static string Describe(Exception failure)
    {
        var wasActivatedElsewhere = failure is InconsistentStateException;
        return wasActivatedElsewhere
            ? $"The grain was activated elsewhere, which has written its state: {failure.Message}"
            : failure.Message;
    }

    private static async Task RunAsync(Func<Task> operation)
    {
        try
        {
            await operation().ConfigureAwait(true);
        }
        catch (InconsistentStateException)
        {
            throw;
        }
#pragma warning disable CA1031 // It is thrown again, as what callers repeat after.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw FleetException.Of(
                FleetError.Unavailable, $"The storage of the fleet failed: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
