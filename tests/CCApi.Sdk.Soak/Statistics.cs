using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace CCApi.Sdk.Soak;

/// <summary>Counts calls, how they ended, and their retries.</summary>
internal sealed class Statistics
{
    private readonly ConcurrentDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private int _calls;
    private int _retries;
    private int _surprises;

    public int Calls => _calls;

    /// <summary>Exceptions that no caller should see, whatever the gateway does.</summary>
    public int Surprises => _surprises;

    public void Add(string kind, string outcome, IReadOnlyList<CCApiAttempt>? attempts)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _retries, attempts?.Count(attempt => attempt.Delay is not null) ?? 0);
        _outcomes.AddOrUpdate($"{kind}: {outcome}", 1, static (_, count) => count + 1);
    }

    public void Surprise(string kind, Exception exception)
    {
        Add(kind, exception.GetType().Name, attempts: null);
        if (Interlocked.Increment(ref _surprises) <= 3)
        {
            Console.WriteLine($"{kind}: {exception}");
        }
    }

    public void Print(TimeSpan time, (int Requests, int Faults, decimal Spent, IReadOnlyList<LedgerEntry> Charges) ledger)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_calls} calls in {time.TotalSeconds} s, {ledger.Requests} requests, {ledger.Faults} faults, {_retries} retries, {ledger.Charges.Count} charges"));
        foreach (var outcome in _outcomes.OrderBy(outcome => outcome.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcome.Value,8}  {outcome.Key}"));
        }
    }
}
