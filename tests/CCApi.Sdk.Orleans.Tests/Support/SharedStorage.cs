using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans.Tests.Support;

/// <summary>A storage outside of all silos, as Redis is: it keeps JSON, checks versions, and fails when a test wants it.</summary>
internal sealed class SharedStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, string ETag)> _states = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _version;
    private int _failures;

    /// <summary>How many states were written.</summary>
    public int Writes => Volatile.Read(ref _version);

    /// <summary>What each write waits for, by the name of its state.</summary>
    public Func<string, Task>? BeforeWrite { get; set; }

    /// <summary>What each read waits for, by the name of its state.</summary>
    public Func<string, Task>? BeforeRead { get; set; }

    /// <summary>Fails the next operations.</summary>
    public void Fail(int operations) => Volatile.Write(ref _failures, operations);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await BeginAsync();
        await (BeforeRead?.Invoke(stateName) ?? Task.CompletedTask);
        if (_states.TryGetValue(KeyOf(stateName, grainId), out var stored))
        {
            grainState.State = JsonSerializer.Deserialize<T>(stored.Json)!;
            grainState.ETag = stored.ETag;
            grainState.RecordExists = true;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.Serialize(grainState.State);
        await BeginAsync();
        await (BeforeWrite?.Invoke(stateName) ?? Task.CompletedTask);
        lock (_gate)
        {
            var key = KeyOf(stateName, grainId);
            var current = _states.TryGetValue(key, out var stored) ? stored.ETag : null;
            if (current != grainState.ETag)
            {
                throw new InconsistentStateException("Somebody else has written.", current, grainState.ETag);
            }

            grainState.ETag = (++_version).ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
            _states[key] = (json, grainState.ETag);
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await BeginAsync();
        _states.TryRemove(KeyOf(stateName, grainId), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string KeyOf(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    /// <summary>As providers have exceptions of their own.</summary>
    [SuppressMessage("Design", "CA1032", Justification = "Has one meaning.")]
    private sealed class StorageFailure() : Exception("The storage does not respond.");

    private async Task BeginAsync()
    {
        await Task.Yield();
        var fails = Volatile.Read(ref _failures) > 0 && Interlocked.Decrement(ref _failures) >= 0;
        if (fails)
        {
            throw new StorageFailure();
        }
    }
}
