using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// Handles each job once at a time. Webhooks of a job that arrive while one is handled wait together for the next round, which
/// one of them leads for all: it begins after they arrived, so that it sees at least the state that they announce, and thousands
/// of them cost two rounds.
/// </summary>
/// <param name="maxRounds">How many rounds of all jobs may run or wait.</param>
internal sealed class WebhookRounds(int maxRounds)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private int _rounds;

    /// <summary>Handles a job, or takes the status of the request that does; null when too many wait.</summary>
    /// <param name="id">The job.</param>
    /// <param name="handle">Handles it and returns the status of the response.</param>
    /// <param name="waiting">Ends the wait for others: the sender of this webhook hangs up, or its time ends.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<int?> RunAsync(string id, Func<Task<int>> handle, CancellationToken waiting)
    {
        while (true)
        {
            if (!TryJoin(id, out var job, out var round, out var previous))
            {
                return null;
            }

            if (previous is not null)
            {
                return await LeadAsync(id, job, round, previous, handle, waiting).ConfigureAwait(false);
            }

            // Without a status, the leading webhook stopped waiting.
            if (await round.Task.WaitAsync(waiting).ConfigureAwait(false) is { } status)
            {
                return status;
            }
        }
    }

    /// <param name="id">The job.</param>
    /// <param name="job">What is known of it.</param>
    /// <param name="round">The round that handles it next.</param>
    /// <param name="previous">For the first that joins, who leads: the end of the round before.</param>
    private bool TryJoin(string id, out Job job, out TaskCompletionSource<int?> round, out Task? previous)
    {
        lock (_gate)
        {
            job = _jobs.GetValueOrDefault(id) ?? new Job();
            round = job.Waiting!;
            previous = null;

            if (round is not null)
            {
                return true;
            }

            if (_rounds >= maxRounds)
            {
                return false;
            }

            _rounds++;
            _jobs[id] = job;
            job.Waiting = round = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
            previous = job.Running?.Task ?? Task.CompletedTask;

            return true;
        }
    }

    private async Task<int> LeadAsync(
        string id,
        Job job,
        TaskCompletionSource<int?> round,
        Task previous,
        Func<Task<int>> handle,
        CancellationToken waiting)
    {
        int? status = null;
        try
        {
            await previous.WaitAsync(waiting).ConfigureAwait(false);
            lock (_gate)
            {
                (job.Running, job.Waiting) = (round, null);
            }

            status = await handle().ConfigureAwait(false);
            return status.Value;
        }
        finally
        {
            Leave(id, job, round);
            round.SetResult(status);
        }
    }

    private void Leave(string id, Job job, TaskCompletionSource<int?> round)
    {
        lock (_gate)
        {
            _rounds--;
            job.Waiting = job.Waiting == round ? null : job.Waiting;
            job.Running = job.Running == round ? null : job.Running;

            if (job is { Waiting: null, Running: null })
            {
                _jobs.Remove(id);
            }
        }
    }

    private sealed class Job
    {
        public TaskCompletionSource<int?>? Running { get; set; }

        public TaskCompletionSource<int?>? Waiting { get; set; }
    }
}
