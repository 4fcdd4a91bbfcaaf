using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// The storage of a partition: states and results. An item that was taken may be sent when <see cref="CommitAsync"/> has completed
/// after it.
/// </summary>
/// <remarks>
/// Results are stored first, as a new chunk, then the states that refer to them: a crash in between leaves a chunk that the next
/// activation finds. Two activations, as after a process that was suspended, cannot both write: the storage rejects a version that is
/// not the latest, and the one that is rejected sends nothing more. Not thread-safe: it runs on the scheduler of its grain.
/// </remarks>
internal sealed class PartitionLedger
{
    private const string StateName = "state";

    private static readonly TimeSpan _firstDelay = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(2);

    private readonly GrainStore _store;
    private readonly TimeProvider _time;
    private readonly CancellationToken _closed;
    private readonly GroupCommit _commit;
    private readonly Guid _writer = Guid.NewGuid();
    private readonly Dictionary<int, string> _jobIds = [];
    private StoredState<PartitionState> _state;
    private List<ResultRecord> _results = [];

    private PartitionLedger(GrainStore store, StoredState<PartitionState> state, TimeProvider time, CancellationToken closed)
    {
        _store = store;
        _state = state;
        _time = time;
        _closed = closed;
        _commit = new GroupCommit(WriteAsync);
        Book = new PartitionBook(state.Value.States);
        Chunks = state.Value.Chunks;
        Cost = state.Value.Cost;
        IsStopped = state.Value.IsStopped;
        Revivals = state.Value.Revivals;
    }

    public PartitionBook Book { get; private set; }

    /// <summary>How many chunks of results can be read.</summary>
    public int Chunks { get; private set; }

    public decimal Cost { get; private set; }

    public bool IsStopped { get; set; }

    public int Revivals { get; set; }

    /// <summary>Reads what is stored.</summary>
    /// <param name="store">The storage of the grain.</param>
    /// <param name="items">How many items the partition has.</param>
    /// <param name="time">The clock.</param>
    /// <param name="closed">Ends the repetition of writes that fail.</param>
    public static async Task<PartitionLedger> OpenAsync(GrainStore store, int items, TimeProvider time, CancellationToken closed)
    {
        var state = await store.ReadAsync<PartitionState>(StateName).ConfigureAwait(true);
        if (state.Value.States.Length != items)
        {
            state.Value.States = new byte[items];
        }

        var ledger = new PartitionLedger(store, state, time, closed);
        await ledger.ReadChunksAsync().ConfigureAwait(true);
        return ledger;
    }

    /// <summary>Whether a partition has begun, which its first write shows.</summary>
    public static async Task<bool> IsBegunAsync(GrainStore store)
    {
        var state = await store.ReadAsync<PartitionState>(StateName).ConfigureAwait(true);
        return state.Exists;
    }

    /// <summary>The id of the image job of an item; null when it is not known.</summary>
    public string? JobIdOf(int index) => _jobIds.GetValueOrDefault(index);

    /// <summary>Adds a result, and sets the state of its item. Both are stored by the next write.</summary>
    public void Add(ResultRecord result)
    {
        Book.Finish(result.Index, result.State);
        Cost += result.Cost ?? 0;
        if (result.JobId is { } job)
        {
            _jobIds[result.Index] = job;
        }

        _results.Add(result);
    }

    /// <summary>Stores what was changed. Repeats while the storage fails.</summary>
    /// <exception cref="InconsistentStateException">Another activation has written: nothing more may be sent.</exception>
    public Task CommitAsync() => _commit.CommitAsync();

    /// <summary>Reads a chunk of results.</summary>
    public async Task<IReadOnlyList<ResultRecord>> ReadChunkAsync(int number)
    {
        var chunk = await _store.ReadAsync<ResultChunk>(NameOf(number)).ConfigureAwait(true);
        return chunk.Value.Results;
    }

    /// <summary>Deletes all that is stored.</summary>
    public async Task ClearAsync()
    {
        for (var i = 0; i < Chunks; i++)
        {
            var chunk = await _store.ReadAsync<ResultChunk>(NameOf(i)).ConfigureAwait(true);
            await _store.ClearAsync(NameOf(i), chunk).ConfigureAwait(true);
        }

        if (_state.Exists)
        {
            await _store.ClearAsync(StateName, _state).ConfigureAwait(true);
        }
    }

    private static string NameOf(int chunk) => string.Create(CultureInfo.InvariantCulture, $"results-{chunk}");

    /// <summary>Finds ids of image jobs, and chunks that were stored after the states.</summary>
    private async Task ReadChunksAsync()
    {
        var hasJobs = Book.Count(FleetItemState.Job) > 0;
        for (var number = hasJobs ? 0 : Chunks; ; number++)
        {
            var chunk = await _store.ReadAsync<ResultChunk>(NameOf(number)).ConfigureAwait(true);
            if (!chunk.Exists)
            {
                break;
            }

            foreach (var result in chunk.Value.Results)
            {
                Apply(result, isNew: number >= Chunks);
            }

            Chunks = Math.Max(Chunks, number + 1);
        }

        Book = new PartitionBook(Book.ToBytes());
    }

    private void Apply(ResultRecord result, bool isNew)
    {
        if (result.JobId is { } job)
        {
            _jobIds[result.Index] = job;
        }

        if (isNew)
        {
            Book.Finish(result.Index, result.State);
            Cost += result.Cost ?? 0;
        }
    }

    private async Task WriteAsync()
    {
        // Taken at one moment, so that each result whose state is stored is in this chunk or in an earlier one.
        var results = _results;
        var states = Book.ToBytes();
        var cost = Cost;
        _results = [];

        if (results.Count > 0)
        {
            var chunk = new StoredState<ResultChunk> { Value = new ResultChunk { Writer = _writer, Results = results } };
            await WriteAsync(NameOf(Chunks), chunk, stored => stored.Writer).ConfigureAwait(true);
            Chunks++;
        }

        _state.Value = new PartitionState
        {
            Writer = _writer,
            IsStopped = IsStopped,
            States = states,
            Chunks = Chunks,
            Cost = cost,
            Revivals = Revivals,
        };
        _state = await WriteAsync(StateName, _state, stored => stored.Writer).ConfigureAwait(true);
    }

    /// <summary>
    /// Writes until it succeeds. A write that failed may have been stored all the same: a version of this activation's own is
    /// overwritten.
    /// </summary>
    private async Task<StoredState<T>> WriteAsync<T>(string name, StoredState<T> state, Func<T, Guid> writerOf)
        where T : class, new()
    {
        var delay = _firstDelay;
        while (true)
        {
            try
            {
                await _store.WriteAsync(name, state).ConfigureAwait(true);
                return state;
            }
            catch (Exception exception) when (exception is not InconsistentStateException && !_closed.IsCancellationRequested)
            {
                await Task.Delay(delay, _time, CancellationToken.None).ConfigureAwait(true);
                delay = delay * 2 < _longestDelay ? delay * 2 : _longestDelay;
            }
            catch (InconsistentStateException)
            {
                var stored = await _store.ReadAsync<T>(name).ConfigureAwait(true);
                if (writerOf(stored.Value) != _writer)
                {
                    throw;
                }

                stored.Value = state.Value;
                state = stored;
            }
        }
    }
}
