using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans;

/// <summary>Runs a <see cref="PartitionRun"/> while it is activated; a revived activation goes on with what is stored.</summary>
[Reentrant]
[RandomPlacement]
internal sealed class PartitionGrain(GrainStores stores, IServiceProvider services, TimeProvider time, ILogger<PartitionGrain> logger)
    : Grain, IPartitionGrain, IDisposable
{
    private const string InputName = "input";

    private const int ChunksPerPage = 64;

    private const int LargestPage = 1024 * 1024;

    // What is under way when a silo stops in order may finish.
    private static readonly TimeSpan _timeToFinish = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly SemaphoreSlim _loads = new(1);
    private GrainStore _store = null!;
    private StoredState<PartitionInput> _input = null!;
    private Task<PartitionLedger>? _opening;
    private PartitionLedger? _ledger;
    private Task? _run;

    private (string Job, int Number) Key => PartitionKey.Parse(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store = stores.Of(this);
        _input = await _store.ReadAsync<PartitionInput>(InputName).ConfigureAwait(true);
        if (_input.Exists && await PartitionLedger.IsBegunAsync(_store).ConfigureAwait(true))
        {
            await OpenAsync().ConfigureAwait(true);
            Begin(isRevival: true);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(true);
        if (_run is null)
        {
            return;
        }

        await Task.WhenAny(_run, Task.Delay(_timeToFinish, time, cancellationToken)).ConfigureAwait(true);
        await _abort.CancelAsync().ConfigureAwait(true);
        await Task.WhenAny(_run, Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None)).ConfigureAwait(true);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
        _loads.Dispose();
    }

    public async Task LoadAsync(PartitionInput input)
    {
        // One after another: of two writes at once, one would be stored as the other.
        await _loads.WaitAsync().ConfigureAwait(true);
        try
        {
            await StoreAsync(input).ConfigureAwait(true);
        }
        finally
        {
            _loads.Release();
        }
    }

    public async Task<PartitionView> RunAsync(string submission, bool isStopped)
    {
        if (!_input.Exists || _input.Value.Submission != submission)
        {
            var message = $"Partition {Key.Number} of the job \"{Key.Job}\" has no items of this submission.";
            throw FleetException.Of(FleetError.InvalidJob, message);
        }

        if (_ledger is null)
        {
            await OpenAsync().ConfigureAwait(true);
        }

        Begin(isRevival: false);
        if (isStopped && !_ledger!.IsStopped)
        {
            _ledger.IsStopped = true;
            _ledger.Book.Stop();
        }

        return View();
    }

    public async Task<ResultPage> ReadResultsAsync(int chunk)
    {
        var page = new ResultPage { NextChunk = chunk };
        if (_ledger is null)
        {
            return page;
        }

        var isFinished = IsFinished;
        var length = 0;
        while (page.NextChunk < Math.Min(_ledger.Chunks, chunk + ChunksPerPage) && length < LargestPage)
        {
            var results = await _ledger.ReadChunkAsync(page.NextChunk).ConfigureAwait(true);
            page.Results.AddRange(results.Where(result => result.State != FleetItemState.Job));
            page.NextChunk++;
            length += results.Sum(result => result.Response?.Length ?? 0);
        }

        page.IsLast = isFinished && page.NextChunk == _ledger.Chunks;
        if (page.IsLast)
        {
            page.Results.AddRange(WithoutResult());
        }

        return page;
    }

    public async Task ClearAsync()
    {
        if (_run is { IsCompleted: false })
        {
            throw FleetException.Of(FleetError.JobExists, $"The job \"{Key.Job}\" still runs.");
        }

        if (_ledger is not null)
        {
            await _ledger.ClearAsync().ConfigureAwait(true);
            _opening = null;
            _ledger = null;
            _run = null;
        }

        if (_input.Exists)
        {
            await _store.ClearAsync(InputName, _input).ConfigureAwait(true);
            _input = new StoredState<PartitionInput>();
        }

        DeactivateOnIdle();
    }

    private bool IsFinished => _ledger!.Book.IsFinished && _run is { IsCompleted: true };

    private async Task StoreAsync(PartitionInput input)
    {
        var isLoaded = _input.Exists && _input.Value.Submission == input.Submission;
        if (isLoaded)
        {
            return;
        }

        var job = GrainFactory.GetGrain<IJobGrain>(Key.Job);
        var isCurrent = _ledger is null && await job.IsCurrentAsync(input.Submission).ConfigureAwait(true);
        if (!isCurrent)
        {
            throw FleetException.Of(FleetError.JobExists, $"The job \"{Key.Job}\" was submitted again while its items were loaded.");
        }

        // In memory only after it is stored: a repeated call would take it for loaded.
        var stored = await _store.ReadAsync<PartitionInput>(InputName).ConfigureAwait(true);
        stored.Value = input;
        await _store.WriteAsync(InputName, stored).ConfigureAwait(true);
        _input = stored;
    }

    /// <summary>Calls interleave: the first one opens the ledger for all, because what runs and what is reported must be one.</summary>
    private async Task OpenAsync()
    {
        var opening = _opening ??= PartitionLedger.OpenAsync(_store, _input.Value.Items.Count, time, _abort.Token);
        try
        {
            _ledger = await opening.ConfigureAwait(true);
        }
        catch
        {
            _opening = _opening == opening ? null : _opening;
            throw;
        }
    }

    private void Begin(bool isRevival)
    {
        if (_run is null)
        {
            var isUnfinished = !_ledger!.Book.IsFinished;
            _run = isUnfinished ? RunAsync(isRevival) : Task.CompletedTask;
        }
    }

    /// <summary>Never throws: a run that cannot go on gives its partition up, and the next activation takes it over.</summary>
    private async Task RunAsync(bool isRevival)
    {
        try
        {
            var sender = new ItemSender(services.GetRequiredService<CCApiClient>(), _input.Value.Submission);
            var run = new PartitionRun(_input.Value, _ledger!, sender, time);
            await run.RunAsync(isRevival, _stop.Token, _abort.Token).ConfigureAwait(true);
        }
        catch (InconsistentStateException)
        {
            FleetLog.PartitionTakenOver(logger, this.GetPrimaryKeyString());
            DeactivateOnIdle();
            return;
        }
#pragma warning disable CA1031 // It is logged, and the next activation reads what is stored.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FleetLog.PartitionFailed(logger, this.GetPrimaryKeyString(), exception);
            DeactivateOnIdle();
            return;
        }

        if (_ledger!.Book.IsFinished)
        {
            GrainFactory.GetGrain<IJobGrain>(Key.Job).OnFinishedAsync(Key.Number, View(isFinished: true)).Ignore();
        }
    }

    private PartitionView View(bool? isFinished = null)
    {
        var book = _ledger!.Book;
        return new PartitionView
        {
            Done = book.Count(FleetItemState.Done),
            Failed = book.Count(FleetItemState.Failed),
            InDoubt = book.Count(FleetItemState.InDoubt) + book.Count(FleetItemState.Lost),
            NotSent = book.Count(FleetItemState.NotSent),
            InFlight = book.InFlight,
            Revivals = _ledger.Revivals,
            Cost = _ledger.Cost,
            IsFinished = isFinished ?? IsFinished,
        };
    }

    private IEnumerable<ResultRecord> WithoutResult()
    {
        for (var i = 0; i < _input.Value.Items.Count; i++)
        {
            var state = _ledger!.Book[i];
            if (state is FleetItemState.NotSent or FleetItemState.Lost)
            {
                var item = _input.Value.Items[i];
                yield return new ResultRecord { Index = i, Id = item.Id, Kind = item.Kind, State = state, JobId = _ledger.JobIdOf(i) };
            }
        }
    }
}
