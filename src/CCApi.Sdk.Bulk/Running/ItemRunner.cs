using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>Sends one item: records it as sent, calls, records the result and saves its files.</summary>
internal sealed class ItemRunner
{
    private readonly CCApiClient _client;
    private readonly BulkOptions _options;
    private readonly ItemLedger _ledger;

    public ItemRunner(CCApiClient client, BulkOptions options, LedgerWriter? ledger)
    {
        _client = client;
        _options = options;
        _ledger = new ItemLedger(ledger, options);
    }

    /// <summary>The outcome of an item that did not fail.</summary>
    /// <param name="work">The item.</param>
    /// <param name="now">The time of the run.</param>
    /// <param name="land">Called when the call has ended, with its latency and cost when it succeeded.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Exception">The call failed.</exception>
    public async Task<BulkOutcome> RunAsync(
        WorkItem work, TimeSpan now, Action<TimeSpan?, CCApiCost?> land, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await _ledger.BeginAsync(work).ConfigureAwait(false) is { } recorded)
        {
            return await RecordedAsync(work, recorded, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (_options.Budget is { } budget)
        {
            work.Budget ??= new ItemBudgetStore(budget.Currency, () => SendingAsync(work, now));
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
        work.AddCost(result.Cost);
        land(latency, result.Cost);

        var elapsed = latency + (now - (work.FirstSent ?? now));
        return await RecordAsync(work, result, elapsed, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendingAsync(WorkItem work, TimeSpan now)
    {
        await _ledger.SetSentAsync(work).ConfigureAwait(false);
        work.BeginSending(now);
    }

    /// <summary>Takes note of a failed call of an item, and records it; returns why that could not be recorded, or null.</summary>
    public Task<Exception?> RecordFailureAsync(WorkItem work, RoundAction action, Exception exception)
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
        return isUnchanged ? Task.FromResult<Exception?>(null) : _ledger.SetFailureAsync(work, action, exception);
    }

    public static BulkOutcome OutcomeOf(WorkItem work, BulkStatus status, Exception error, Exception? bookkeeping, TimeSpan now) => new()
    {
        Id = work.Item.Id,
        Line = work.Line,
        Status = status,
        Error = error,
        BookkeepingError = bookkeeping,
        Cost = work.Cost?.Amount,
        Currency = work.Cost?.Currency ?? Currencies.Usd,
        JobId = work.JobId,
        Sendings = work.Sendings,
        Elapsed = work.FirstSent is { } first ? now - first : TimeSpan.Zero,
    };

    private ItemContext ContextOf(WorkItem work, CancellationToken cancellationToken)
    {
        // The run repeats by itself, so that a slot is not held by a delay; and it has the same key each time.
        var options = new CCApiRequestOptions { MaxRetries = 0, IdempotencyKey = LedgerKeys.Of(_ledger.RunId, work.Item.Id) };
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
            await _ledger.SetJobAsync(work, job).ConfigureAwait(false);
        }
    }

    private async Task<BulkOutcome> RecordAsync(WorkItem work, ItemResult result, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var id = work.Item.Id;
        var saves = _options.MediaFolder is not null && work.Item.Work.HasMedia;
        var response = work.Item.Work.Write(result.Response, withoutMedia: false);
        var bookkeeping = await TryAsync(() => _ledger.SetResultAsync(work, response, result.ValueJson)).ConfigureAwait(false);

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
            Cost = work.Cost?.Amount,
            Currency = work.Cost?.Currency ?? Currencies.Usd,
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

        if (!TryRead(work, row, out var result, out var unread))
        {
            return unread;
        }

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
            Cost = row.Cost?.Amount,
            Currency = row.Cost?.Currency ?? Currencies.Usd,
            Files = files,
            JobId = row.JobId,
            BookkeepingError = bookkeeping,
            IsFromLedger = true,
        };
    }

    /// <summary>Reads a recorded result. One that cannot be read is paid for and stays recorded.</summary>
    private static bool TryRead(
        WorkItem work, LedgerRow row, [NotNullWhen(true)] out ItemResult? result, [NotNullWhen(false)] out BulkOutcome? unread)
    {
        try
        {
            (result, unread) = (work.Item.Work.Read(row.Response!, row.Value), null);
            return true;
        }
#pragma warning disable CA1031 // The converters of the type are the caller's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var error = new BulkItemException(
                $"The ledger holds the result of {work.Item.Id}, but it cannot be read: {exception.Message} "
                + "Create the item with the type that it was sent with, or read BulkOutcome.ToJson or BulkLedger.",
                exception);
            result = null;
            unread = new BulkOutcome
            {
                Id = work.Item.Id,
                Line = work.Line,
                Status = BulkStatus.Failed,
                Error = error,
                ResponseJson = row.Response,
                Cost = row.Cost?.Amount,
                Currency = row.Cost?.Currency ?? Currencies.Usd,
                Files = LedgerFile.FilesOf(row.Files),
                JobId = row.JobId,
                IsFromLedger = true,
            };
            return false;
        }
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
            var stored = work.Item.Work.Write(response, withoutMedia: true);
            await _ledger.SetFilesAsync(work, files, stored).ConfigureAwait(false);
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
