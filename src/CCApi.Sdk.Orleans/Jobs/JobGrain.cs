using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// Runs a <see cref="JobPlan"/>: polls the partitions that run, which activates those whose silo is gone, and lets the next ones
/// begin. A reminder activates the coordinator itself when its silo is gone.
/// </summary>
[Reentrant]
internal sealed class JobGrain : Grain, IJobGrain, IRemindable
{
    private const string StateName = "job";

    private const string ReminderName = "revive";

    private readonly FleetOptions _options;
    private readonly GrainStore _store;
    private readonly GroupCommit _commit;
    private readonly ILogger<JobGrain> _logger;
    private readonly HashSet<int> _polled = [];
    private StoredState<JobRecord> _stored = null!;
    private JobPlan? _plan;
    private IGrainTimer? _timer;
    private Exception? _failure;

    public JobGrain(IOptions<FleetOptions> options, GrainStores stores, ILogger<JobGrain> logger)
    {
        _options = options.Value;
        _store = stores.Of(this);
        _commit = new GroupCommit(() => _store.WriteAsync(StateName, _stored));
        _logger = logger;
    }

    private JobRecord Record => _stored.Value;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stored = await _store.ReadAsync<JobRecord>(StateName).ConfigureAwait(true);
        if (Record.Phase is JobPhase.Running or JobPhase.Finished)
        {
            Resume();
        }
    }

    public async Task BeginAsync(string submission, JobSettings settings)
    {
        ThrowIfFailed();
        if (Record.Submission != submission)
        {
            if (Record.Phase is JobPhase.Running or JobPhase.Finished)
            {
                throw Exists();
            }

            Record.Phase = JobPhase.Loading;
            Record.Submission = submission;
            Record.Settings = settings;
        }

        // A repeated call waits for the write too.
        await StoreAsync().ConfigureAwait(true);
        ThrowIfOther(submission);
    }

    public Task<bool> IsCurrentAsync(string submission) =>
        Task.FromResult(Record.Phase == JobPhase.Loading && Record.Submission == submission);

    public async Task StartAsync(string submission, int partitions, int items)
    {
        ThrowIfFailed();
        ThrowIfOther(submission);
        if (Record.Phase == JobPhase.Loading)
        {
            // The reminder is there before the job is: one without a job does nothing.
            await this.RegisterOrUpdateReminder(ReminderName, _options.ReminderPeriod, _options.ReminderPeriod).ConfigureAwait(true);
            ThrowIfOther(submission);
        }

        // A repeated call may have started it meanwhile.
        if (Record.Phase == JobPhase.Loading)
        {
            Record.Phase = JobPhase.Running;
            Record.Partitions = partitions;
            Record.Items = items;
        }

        await StoreAsync().ConfigureAwait(true);
        if (_plan is null)
        {
            Resume();
        }
    }

    public Task<JobProgress> GetProgressAsync()
    {
        ThrowIfFailed();
        return Task.FromResult(PlanOrThrow().Progress());
    }

    public async Task StopAsync()
    {
        ThrowIfFailed();
        PlanOrThrow();
        if (!Record.IsStopping)
        {
            Record.IsStopping = true;
            await StoreAsync().ConfigureAwait(true);
        }
    }

    public async Task ClearAsync()
    {
        if (Record.Phase == JobPhase.Running)
        {
            throw FleetException.Of(FleetError.JobExists, $"The job \"{Id}\" still runs: stop it and wait before it is deleted.");
        }

        await UnregisterAsync().ConfigureAwait(true);
        if (_stored.Exists)
        {
            await _store.ClearAsync(StateName, _stored).ConfigureAwait(true);
            _stored = new StoredState<JobRecord>();
            _plan = null;
        }

        DeactivateOnIdle();
    }

    public Task OnFinishedAsync(int partition, PartitionView view)
    {
        _plan?.Note(partition, view);
        return PollAsync(CancellationToken.None);
    }

    /// <summary>It has activated the grain, which is what it is for.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Record.Phase != JobPhase.Running)
        {
            await UnregisterAsync().ConfigureAwait(true);
        }
    }

    private void ThrowIfOther(string submission)
    {
        if (Record.Submission != submission)
        {
            throw Exists();
        }
    }

    private FleetException Exists() => FleetException.Of(
        FleetError.JobExists, $"The job \"{Id}\" was submitted before: use another id, or delete it when it is finished.");

    private JobPlan PlanOrThrow() => _plan ?? throw FleetException.Of(
        FleetError.JobNotFound, $"There is no job \"{Id}\": submit it first. A submission that failed halfway is not a job.");

    private void Resume()
    {
        _plan = new JobPlan(Record);
        if (Record.Phase == JobPhase.Running)
        {
            var schedule = new GrainTimerCreationOptions(TimeSpan.Zero, _options.PollInterval) { Interleave = true, KeepAlive = true };
            _timer = this.RegisterGrainTimer(PollAsync, schedule);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        if (Record.Phase != JobPhase.Running || _failure is not null)
        {
            return;
        }

        _plan!.Begin();
        foreach (var partition in _plan.Running.ToList())
        {
            // One poll at a time: one that waits for a dead silo does not hold up the others.
            if (_polled.Add(partition))
            {
                _ = PollAsync(partition);
            }
        }

        if (_plan.IsFinished && Record.Phase == JobPhase.Running)
        {
            Record.Phase = JobPhase.Finished;
            _plan.IsChanged = true;
        }

        if (_plan.IsChanged)
        {
            await TryStoreAsync().ConfigureAwait(true);
        }
    }

    private async Task PollAsync(int partition)
    {
        var key = PartitionKey.Of(Id, partition);
        try
        {
            var grain = GrainFactory.GetGrain<IPartitionGrain>(key);
            var view = await grain.RunAsync(Record.Submission, Record.IsStopping).ConfigureAwait(true);

            // Null when the job was deleted meanwhile.
            _plan?.Note(partition, view);
        }
#pragma warning disable CA1031 // The next poll finds it where it is then.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FleetLog.PartitionSilent(_logger, key, exception);
        }
        finally
        {
            _polled.Remove(partition);
        }
    }

    /// <summary>Stores the plan; when that fails, the next activation does it again.</summary>
    private async Task TryStoreAsync()
    {
        try
        {
            _plan!.IsChanged = false;
            await StoreAsync().ConfigureAwait(true);
            if (Record.Phase == JobPhase.Finished)
            {
                _timer?.Dispose();
                await UnregisterAsync().ConfigureAwait(true);
            }
        }
#pragma warning disable CA1031 // Partitions keep what matters.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FleetLog.JobNotStored(_logger, Id, exception);
        }
    }

    /// <summary>Stores the record. Another activation that has written meanwhile goes on with the job.</summary>
    private async Task StoreAsync()
    {
        try
        {
            await _commit.CommitAsync().ConfigureAwait(true);
        }
#pragma warning disable CA1031 // It is thrown again, as what callers repeat after.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Memory may be ahead of the storage, or behind it: the next activation begins with what is stored.
            _failure = exception;
            _timer?.Dispose();
            DeactivateOnIdle();
            ThrowIfFailed();
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw FleetException.Of(FleetError.Unavailable, GrainStore.Describe(_failure));
        }
    }

    private async Task UnregisterAsync()
    {
        if (await this.GetReminder(ReminderName).ConfigureAwait(true) is { } reminder)
        {
            await this.UnregisterReminder(reminder).ConfigureAwait(true);
        }
    }
}
