using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>Sends one item: records it as sent, calls, records the result and saves its files.</summary>
internal sealed class ItemRunner
{
    private readonly CCApiClient _client;
    private readonly BulkOptions _options;
    private readonly LedgerWriter? _ledger;
    private readonly string _runId;

    public ItemRunner(CCApiClient client, BulkOptions options, LedgerWriter? ledger)
    {
        _client = client;
        _options = options;
        _ledger = ledger;
        _runId = ledger?.RunId ?? Guid.NewGuid().ToString("N");
    }

    /// <summary>The outcome of an item that did not fail.</summary>
    /// <param name="work">The item.</param>
    /// <param name="now">The time of the run.</param>
    /// <param name="land">Called when the call has ended, with its latency and cost when it succeeded.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Exception">The call failed.</exception>
    public async Task<BulkOutcome> RunAsync(
        WorkItem work, TimeSpan now, Action<TimeSpan?, decimal?> land, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = _ledger is null ? [] : ItemHash.OfRequest(work.Item.Work);
        if (_ledger is not null && await BeginAsync(work, request).ConfigureAwait(false) is { } recorded)
        {
            return await RecordedAsync(work, recorded, cancellationToken).ConfigureAwait(false);
        }

        if (_options.Budget is { } budget)
        {
            work.Budget ??= new ItemBudgetStore(budget.Currency, () => SendingAsync(work, request, now));
        }

        // With a budget, the calls of the item report the moment at which they leave; waiting for a job sends nothing.
        var isReported = work.Budget is not null && work.JobId is null;
        if (!isReported)
        {
            work.BeginSending(now);
        }

        var start = _options.TimeProvider.GetTimestamp();
        var result = await work.Item.Work.SendAsync(ContextOf(work, cancellationToken)).ConfigureAwait(false);
        work.RateLimits = 0;
        var latency = _options.TimeProvider.GetElapsedTime(start);
        land(latency, result.Cost);

        var elapsed = latency + (now - (work.FirstSent ?? now));
        return await RecordAsync(work, result, elapsed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds an item in the ledger and, without a budget, marks it as sent. Returns what the ledger holds when it is not to be sent.
    /// </summary>
    private async Task<LedgerRow?> BeginAsync(WorkItem work, byte[] request)
    {
        var id = work.Item.Id;
        var isFirst = work.Budget is null;
        var (row, isToBeSent) = await _ledger!.RunAsync(file =>
        {
            var row = file.Find(id, request);
            var isToBeSent = row is null || row.IsToBeSent(_options.InDoubt);
            if (isToBeSent && _options.Budget is null)
            {
                file.SetSent(id, request, row?.Charge);
            }

            return (row, isToBeSent);
        }).ConfigureAwait(false);

        if (isFirst)
        {
            work.EarlierCharge = row?.Charge;
        }

        if (isToBeSent)
        {
            return null;
        }

        var isJob = row is { State: ItemState.Sent, JobId: not null, IsOtherRequest: false } && _options.InDoubt != InDoubtAction.Report;
        work.JobId = isJob ? row!.JobId : work.JobId;
        return isJob ? null : row;
    }

    /// <summary>Marks an item as sent, with the most that it may cost. Its request leaves afterwards.</summary>
    private async Task SendingAsync(WorkItem work, byte[] request, TimeSpan now)
    {
        if (_ledger is not null)
        {
            var charge = work.ChargeWith(cost: null);
            await _ledger.RunAsync(file => file.SetSent(work.Item.Id, request, charge)).ConfigureAwait(false);
        }

        work.BeginSending(now);
    }

    /// <summary>Records how the call of an item failed; returns why that could not be recorded, or null.</summary>
    public async Task<Exception?> RecordFailureAsync(WorkItem work, RoundAction action, Exception exception)
    {
        if (exception is CCApiRateLimitException)
        {
            // A 429 is not a round.
            work.RateLimits++;
            work.Rounds--;
        }

        var isOutOfBudget = exception is CCApiBudgetExceededException;
        if (isOutOfBudget && !work.HasLeft)
        {
            work.EndSending();
        }

        var mayBeSent = action is RoundAction.Wait or RoundAction.Repeat;
        work.IsSent = !mayBeSent && work.IsSent;
        var isUnchanged = action == RoundAction.NotSent && !isOutOfBudget;
        if (_ledger is null || isUnchanged)
        {
            return null;
        }

        // Waiting for a job is free: what is known stays recorded.
        if (work.JobId is not null && action != RoundAction.Fail)
        {
            return null;
        }

        var state = action switch
        {
            RoundAction.Doubt => ItemState.InDoubt,
            RoundAction.Fail => ItemState.Failed,
            _ => ItemState.Pending,
        };
        var id = work.Item.Id;
        var charge = work.ChargeWith((exception as CCApiException)?.Cost?.Amount);
        var recording = _ledger.RunAsync(file => file.SetState(id, state, exception.Message, charge));
        if (mayBeSent)
        {
            // It is written before the item is recorded as sent again, because operations keep their order.
            return null;
        }

        try
        {
            await recording.ConfigureAwait(false);
            return null;
        }
        catch (BulkLedgerException failed)
        {
            return failed;
        }
    }

    public static BulkOutcome OutcomeOf(WorkItem work, BulkStatus status, Exception error, Exception? bookkeeping, TimeSpan now) => new()
    {
        Id = work.Item.Id,
        Line = work.Line,
        Status = status,
        Error = error,
        BookkeepingError = bookkeeping,
        Cost = (error as CCApiException)?.Cost?.Amount,
        JobId = work.JobId,
        Sendings = work.Sendings,
        Elapsed = work.FirstSent is { } first ? now - first : TimeSpan.Zero,
    };

    private ItemContext ContextOf(WorkItem work, CancellationToken cancellationToken)
    {
        // The run repeats by itself, so that a slot is not held by a delay; and it has the same key each time.
        var options = new CCApiRequestOptions { MaxRetries = 0, IdempotencyKey = LedgerKeys.Of(_runId, work.Item.Id) };
        if (_options.Budget is { } budget)
        {
            options.RunBudget = budget;
            options.Budget = new CCApiBudget(work.Budget!, work.Item.Id)
            {
                Currency = budget.Currency,
                UnknownPriceReservation = budget.UnknownPriceReservation,
            };
        }

        return new ItemContext(_client, options, work.JobId, SaveJobAsync, cancellationToken);

        async Task SaveJobAsync(string job)
        {
            work.JobId = job;
            if (_ledger is not null)
            {
                await _ledger.RunAsync(file => file.SetJob(work.Item.Id, job)).ConfigureAwait(false);
            }
        }
    }

    private async Task<BulkOutcome> RecordAsync(WorkItem work, ItemResult result, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var id = work.Item.Id;
        var saves = _options.MediaFolder is not null && work.Item.Work.HasMedia;
        var response = work.Item.Work.Write(result.Response, withoutMedia: false);
        Exception? bookkeeping = null;
        if (_ledger is not null)
        {
            var charge = work.ChargeWith(result.Cost);
            bookkeeping = await TryAsync(
                () => _ledger.RunAsync(file => file.SetResult(id, response, result.ValueJson, result.Cost, charge))).ConfigureAwait(false);
        }

        IReadOnlyList<string> files = [];
        if (saves)
        {
            (files, var failed) = await SaveAsync(work, result.Response, cancellationToken).ConfigureAwait(false);
            bookkeeping ??= failed;
            response = files.Count > 0 ? work.Item.Work.Write(result.Response, withoutMedia: true) : response;
        }

        return new BulkOutcome
        {
            Id = id,
            Line = work.Line,
            Status = BulkStatus.Done,
            Response = result.Response,
            ResponseJson = response,
            Value = result.Value,
            Cost = result.Cost,
            Files = files,
            JobId = work.JobId,
            BookkeepingError = bookkeeping,
            Sendings = work.Sendings,
            Elapsed = elapsed,
        };
    }

    /// <summary>The outcome of an item that the ledger holds.</summary>
    private async Task<BulkOutcome> RecordedAsync(WorkItem work, LedgerRow row, CancellationToken cancellationToken)
    {
        if (row.IsOtherRequest)
        {
            var error = new BulkItemException(
                $"The ledger holds another request under the id {work.Item.Id}: use another id, or another ledger.");
            return OutcomeOf(work, BulkStatus.Failed, error, bookkeeping: null, TimeSpan.Zero);
        }

        if (row.State != ItemState.Done)
        {
            work.JobId = row.JobId;
            var advice = row.JobId is null
                ? "Compare with the gateway's own list of charges, or resume with InDoubtAction.Resend."
                : "Resume with InDoubtAction.LookUp.";
            var error = new BulkItemException($"It was sent by an earlier run and may have been charged. {row.Error} {advice}");
            return OutcomeOf(work, BulkStatus.InDoubt, error, bookkeeping: null, TimeSpan.Zero);
        }

        var result = work.Item.Work.Read(row.Response!, row.Value, row.Cost);
        var files = LedgerFile.FilesOf(row.Files);
        Exception? bookkeeping = null;
        if (files.Count == 0 && _options.MediaFolder is not null && work.Item.Work.HasMedia)
        {
            // The run before ended, or failed, between the response and the files.
            (files, bookkeeping) = await SaveAsync(work, result.Response, cancellationToken).ConfigureAwait(false);
        }

        return new BulkOutcome
        {
            Id = work.Item.Id,
            Line = work.Line,
            Status = BulkStatus.Done,
            Response = result.Response,
            ResponseJson = row.Response,
            Value = result.Value,
            Cost = row.Cost,
            Files = files,
            JobId = row.JobId,
            BookkeepingError = bookkeeping,
            IsFromLedger = true,
        };
    }

    /// <summary>Saves the files of a result, which is paid for and stays: an error does not end the item.</summary>
    private async Task<(IReadOnlyList<string> Files, Exception? Error)> SaveAsync(
        WorkItem work, object response, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files = [];
        var error = await TryAsync(async () =>
        {
            Directory.CreateDirectory(_options.MediaFolder!);
            var path = Path.Combine(_options.MediaFolder!, FileName.Of(work.Item.Id));
            files = await work.Item.Work.SaveAsync(_client, response, path, cancellationToken).ConfigureAwait(false);
            if (_ledger is not null)
            {
                var stored = work.Item.Work.Write(response, withoutMedia: true);
                await _ledger.RunAsync(file => file.SetFiles(work.Item.Id, files, stored)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return (files, error);
    }

    private static async Task<Exception?> TryAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // The result is paid for: whatever fails after it is reported beside it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }
}
