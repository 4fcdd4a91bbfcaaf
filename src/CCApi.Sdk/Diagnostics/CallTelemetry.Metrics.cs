using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CCApi.Sdk;

/// <content>The metrics of a call. Each is recorded on its own, so that a listener that throws keeps none of the others back.</content>
internal sealed partial class CallTelemetry
{
    /// <summary>Records how long an attempt waited for the rate limiter.</summary>
    public void AddLimiterWait(TimeSpan wait) =>
        SafeSpan.Run(
            (Wait: wait, Tags: _commonTags),
            static state => TelemetrySource.LimiterWait?.Record(state.Wait.TotalSeconds, state.Tags));

    /// <summary>Records what an attempt has reserved.</summary>
    /// <param name="reservations">Whose budget, and how much in which currency.</param>
    public void AddReservations(IEnumerable<(string BudgetOf, decimal Amount, string Currency)> reservations)
    {
        foreach (var (budgetOf, amount, currency) in reservations)
        {
            SafeSpan.Run(
                (Amount: (double)amount, Tags: BudgetTags(budgetOf, currency)),
                static state => TelemetrySource.BudgetReserved?.Add(state.Amount, state.Tags));
        }
    }

    /// <summary>Records that a budget kept an attempt from being sent.</summary>
    public void AddBudgetRejection(CCApiBudgetExceededException rejection) =>
        SafeSpan.Run(
            BudgetTags(rejection.BudgetOf, rejection.Currency), static tags => TelemetrySource.BudgetRejections?.Add(1, tags));

    /// <summary>Takes the cost of what the call started, such as a job, once that has ended: what differs is recorded.</summary>
    public void Settle(CCApiCost cost)
    {
        var before = _cost?.Amount ?? 0;
        var isComparable = cost.Amount is not null && (before == 0 || cost.Currency == _cost!.Currency || cost.Amount == 0);
        if (!isComparable)
        {
            return;
        }

        var difference = cost.Amount!.Value - before;
        RecordCost(TelemetrySource.Cost, difference, cost);
        RecordCost(TelemetrySource.Refunded, -difference, before == 0 ? cost : _cost!);
        _cost = cost;
    }

    private void RecordRetry(string? error) =>
        SafeSpan.Run(_commonTags.With(TelemetryNames.Common.ErrorType, error), static tags => TelemetrySource.Retries?.Add(1, tags));

    private void RecordFailover(string? error, string model) =>
        SafeSpan.Run(
            _commonTags.With(TelemetryNames.Common.ErrorType, error).With(TelemetryNames.CCApi.FailoverModel, model),
            static tags => TelemetrySource.Failovers?.Add(1, tags));

    private void RecordChunk(TimeSpan time)
    {
        var histogram = _settings.Instruments.TimePerOutputChunk;
        if (TelemetrySource.IsEnabled(histogram))
        {
            SafeSpan.Run(
                (histogram, time, Tags: _commonTags),
                static state => state.histogram?.Record(state.time.TotalSeconds, state.Tags));
        }
    }

    private void RecordMetrics(TimeSpan elapsed)
    {
        if (!HasModelMetrics)
        {
            return;
        }

        // Metrics refer to the current span.
        Activity.Current = _span ?? Activity.Current;
        var instruments = _settings.Instruments;
        var tags = _commonTags.With(TelemetryNames.GenAI.ResponseModel, _call.Text.Clean(_result.Model));
        if (_result.Tokens is { } tokens)
        {
            instruments.RecordTokens(tokens, tags);
        }

        if (_firstChunk is { } first)
        {
            SafeSpan.Run(
                (instruments.TimeToFirstChunk, first, tags),
                static state => state.TimeToFirstChunk?.Record(state.first.TotalSeconds, state.tags));
        }

        var allTags = tags.With(TelemetryNames.Common.ErrorType, _errorType);
        SafeSpan.Run(
            (instruments.Duration, elapsed, allTags),
            static state => state.Duration?.Record(state.elapsed.TotalSeconds, state.allTags));
    }

    /// <summary>The cost of the call with its failed attempts, as far as it is known.</summary>
    private void RecordCost()
    {
        if (_operation.IsCharged && _cost is { Amount: { } amount } cost)
        {
            RecordCost(TelemetrySource.Cost, amount, cost);
        }
    }

    private void RecordCost(Counter<double>? counter, decimal amount, CCApiCost cost)
    {
        if (amount <= 0)
        {
            return;
        }

        var tags = _commonTags
            .With(TelemetryNames.GenAI.ResponseModel, _call.Text.Clean(_result.Model))
            .With(TelemetryNames.CCApi.CostCurrency, _call.Text.Clean(cost.Currency))
            .With(TelemetryNames.CCApi.CostSource, SourceOf(cost));

        SafeSpan.Run((counter, Amount: (double)amount, tags), static state => state.counter?.Add(state.Amount, state.tags));
    }

    /// <remarks>The names of scopes may be those of tenants, of which a metric would have a series each.</remarks>
    private TagList BudgetTags(string? budgetOf, string currency) =>
        _commonTags
            .With(TelemetryNames.CCApi.BudgetOwner, budgetOf?.Split(' ')[0])
            .With(TelemetryNames.CCApi.CostCurrency, _call.Text.Clean(currency));

    /// <summary>What spans and metrics have in common, and sampling may depend on. Created once: there is a metric of each chunk.</summary>
    private TagList CreateCommonTags()
    {
        var tags = default(TagList);
        if (_operation.UsesModel)
        {
            tags.Add(TelemetryNames.GenAI.OperationName, _operation.Name);
            tags.Add(TelemetryNames.GenAI.ProviderName, TelemetryNames.Provider);
        }
        else
        {
            tags.Add(TelemetryNames.CCApi.Operation, _operation.Name);
        }

        return tags
            .With(TelemetryNames.GenAI.RequestModel, _model)
            .With(TelemetryNames.Common.ServerAddress, _call.Server.Host)
            .With(TelemetryNames.Common.ServerPort, _call.Server.Port);
    }
}
