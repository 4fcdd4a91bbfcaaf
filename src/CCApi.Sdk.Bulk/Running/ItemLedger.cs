using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>What a run records of its items: that they are sent, their jobs, and how they ended. Thread-safe.</summary>
/// <param name="ledger">The ledger; null for none.</param>
/// <param name="options">The options of the run.</param>
internal sealed class ItemLedger(LedgerWriter? ledger, BulkOptions options)
{
    /// <summary>Distinguishes the idempotency keys of runs.</summary>
    public string RunId { get; } = ledger?.RunId ?? Guid.NewGuid().ToString("N");

    /// <summary>
    /// Finds an item and, without a budget, marks it as sent. Returns what the ledger holds when it is not to be sent.
    /// </summary>
    public async Task<LedgerRow?> BeginAsync(WorkItem work)
    {
        if (ledger is null)
        {
            return null;
        }

        var isFirst = work.Request is null;
        var request = work.Request ?? ItemHash.OfRequest(work.Item.Work);
        var row = await ledger.RunAsync(file =>
        {
            var row = isFirst ? file.Find(work.Item.Id, request) : null;
            var isToBeSent = work.JobId is null && (row is null || row.IsToBeSent(options.InDoubt));
            if (isToBeSent && options.Budget is null)
            {
                var earlier = isFirst ? row?.Charge : work.ChargeWith(file.ChargeOf(work.CostOfRun));
                file.SetSent(work.Item.Id, request, earlier);
            }

            return row;
        }).ConfigureAwait(false);

        work.Request = request;
        if (row is null)
        {
            return null;
        }

        (work.Cost, work.EarlierCharge) = (row.Cost, row.Charge);
        work.WasInDoubt = row.State == ItemState.InDoubt;
        work.JobId = row.IsToBeWaitedFor(options.InDoubt) ? row.JobId : null;
        return work.JobId is not null || row.IsToBeSent(options.InDoubt) ? null : row;
    }

    /// <summary>Marks an item as sent, with the most that it may cost. Its request leaves afterwards.</summary>
    public Task SetSentAsync(WorkItem work)
    {
        var charge = work.ChargeWith(work.Budget?.Charge);
        return ledger?.RunAsync(file => file.SetSent(work.Item.Id, work.Request!, charge)) ?? Task.CompletedTask;
    }

    public Task SetJobAsync(WorkItem work, string job) =>
        ledger?.RunAsync(file => file.SetJob(work.Item.Id, job)) ?? Task.CompletedTask;

    public Task SetResultAsync(WorkItem work, string response, string? value)
    {
        var (budget, cost, costOfRun) = (work.Budget?.Charge, work.Cost, work.CostOfRun);
        return ledger?.RunAsync(file => file.SetResult(
            work.Item.Id, work.Request!, response, value, cost, work.ChargeWith(budget ?? file.ChargeOf(costOfRun)))) ?? Task.CompletedTask;
    }

    public Task SetFilesAsync(WorkItem work, IReadOnlyList<string> files, string response) =>
        ledger?.RunAsync(file => file.SetFiles(work.Item.Id, files, response)) ?? Task.CompletedTask;

    /// <summary>Records how the call of an item failed, as far as this run has sent it; returns why that failed, or null.</summary>
    public async Task<Exception?> SetFailureAsync(WorkItem work, RoundAction action, Exception exception)
    {
        // A job goes on until it has ended.
        var isOfJob = work.JobId is not null && action != RoundAction.Fail;
        if (ledger is null || work.Request is null || isOfJob)
        {
            return null;
        }

        var state = action switch
        {
            RoundAction.Fail => ItemState.Failed,
            RoundAction.Doubt => ItemState.InDoubt,
            _ => work.WasInDoubt ? ItemState.InDoubt : ItemState.Pending,
        };
        var (id, job, budget, cost, costOfRun) = (work.Item.Id, work.JobId, work.Budget?.Charge, work.Cost, work.CostOfRun);
        var recording = ledger.RunAsync(file =>
            file.SetState(id, job, state, exception.Message, cost, work.ChargeWith(budget ?? file.ChargeOf(costOfRun))));
        if (action is RoundAction.Wait or RoundAction.Repeat)
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
}
