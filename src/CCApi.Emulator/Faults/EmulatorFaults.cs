using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>The script of faults: each one meets one request, or one job, in the order in which they were added. Thread-safe.</summary>
public sealed class EmulatorFaults
{
    /// <summary>How many entries wait at most; equal ones that follow each other count once.</summary>
    internal const int MaxEntries = 10_000;

    private const string ModelPrefix = "emulator/";
    private const int MaxListed = 1000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _script = [];

    internal EmulatorFaults()
    {
    }

    /// <summary>Adds a fault to the script.</summary>
    /// <param name="fault">What goes wrong; null lets a request pass.</param>
    /// <param name="times">How many requests meet it.</param>
    /// <param name="path">Only requests whose path ends so, such as <c>/chat/completions</c>; null for any.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">10,000 entries wait already; equal ones that follow each other are one.</exception>
    public void Add(EmulatorFault? fault, int times = 1, string? path = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        if (!TryAdd(fault, times, path))
        {
            throw new InvalidOperationException("Too many faults wait: remove them with Clear first.");
        }
    }

    /// <summary>Removes what is left of the script.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _script.Clear();
        }
    }

    /// <summary>The faults that wait, in words; at most the first 1,000.</summary>
    internal IReadOnlyList<string> Describe()
    {
        lock (_gate)
        {
            return [.. _script
                .SelectMany(entry => Enumerable.Repeat(entry, (int)long.Min(entry.Times, MaxListed)))
                .Take(MaxListed)
                .Select(entry => entry.Path is null ? Name(entry.Fault) : $"{Name(entry.Fault)} for {entry.Path}")];
        }
    }

    /// <summary>Adds a fault; false when too many wait.</summary>
    internal bool TryAdd(EmulatorFault? fault, int times, string? path)
    {
        lock (_gate)
        {
            var isLikeLast = _script.Last is { } last && last.Value.Path == path && last.Value.Fault == fault;
            if (isLikeLast)
            {
                _script.Last!.Value.Times += times;
                return true;
            }

            if (_script.Count >= MaxEntries)
            {
                return false;
            }

            _script.AddLast(new Entry(path, fault) { Times = times });

            return true;
        }
    }

    /// <summary>The fault that a request meets: of the script, else of its model id.</summary>
    internal EmulatorFault? Next(string path, string? model)
    {
        if (Take(path, ofJob: false) is (true, var fault))
        {
            return fault;
        }

        return OfModel(model);
    }

    /// <summary>The fault that the job of a request meets: of the script, else of its model id.</summary>
    internal EmulatorFault? NextOfJob(string path, string? model)
    {
        if (Take(path, ofJob: true) is (true, var fault))
        {
            return fault;
        }

        return OfJobModel(model);
    }

    /// <summary>The fault that a model id requests; null when it does not name one.</summary>
    internal static EmulatorFault? OfModel(string? model)
    {
        if (ParseModel(model) is { IsOfJob: false } fault)
        {
            return fault;
        }

        return null;
    }

    /// <summary>The fault of a job that a model id requests; null when it does not name one.</summary>
    internal static EmulatorFault? OfJobModel(string? model)
    {
        if (ParseModel(model) is { IsOfJob: true } fault)
        {
            return fault;
        }

        return null;
    }

    /// <summary>The fault of a name such as <c>reset</c> or <c>status-503</c>; null when it does not name one.</summary>
    internal static EmulatorFault? Parse(string name)
    {
        var isStatus = name.StartsWith("status-", StringComparison.OrdinalIgnoreCase);
        if (isStatus
            && int.TryParse(name["status-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 400 and <= 599)
        {
            return new EmulatorFault(
                EmulatorFaultKind.Status, status, status == 429 ? TimeSpan.FromSeconds(1) : null);
        }

        // Not Enum.TryParse, which takes numbers and lists as well.
        var kind = Array.FindIndex(
            Enum.GetNames<EmulatorFaultKind>(),
            known => InWords(known).Equals(name, StringComparison.OrdinalIgnoreCase));
        if (kind > (int)EmulatorFaultKind.Status)
        {
            return new EmulatorFault((EmulatorFaultKind)kind);
        }

        return null;
    }

    private static EmulatorFault? ParseModel(string? model)
    {
        if (model?.StartsWith(ModelPrefix, StringComparison.OrdinalIgnoreCase) == true)
        {
            return Parse(model[ModelPrefix.Length..]);
        }

        return null;
    }

    private static string Name(EmulatorFault? fault) => fault switch
    {
        null => "pass",
        { Kind: EmulatorFaultKind.Status } => string.Create(CultureInfo.InvariantCulture, $"status-{fault.Status}"),
        _ => InWords(fault.Kind.ToString()),
    };

    private static string InWords(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private (bool IsScripted, EmulatorFault? Fault) Take(string path, bool ofJob)
    {
        lock (_gate)
        {
            for (var node = _script.First; node is not null; node = node.Next)
            {
                var entry = node.Value;
                var isForPath = entry.Path is null || path.EndsWith(entry.Path, StringComparison.Ordinal);
                if ((entry.Fault?.IsOfJob ?? false) != ofJob || !isForPath)
                {
                    continue;
                }

                if (--entry.Times == 0)
                {
                    _script.Remove(node);
                }

                return (true, entry.Fault);
            }
        }

        return (false, null);
    }

    private sealed record Entry(string? Path, EmulatorFault? Fault)
    {
        /// <summary>How many requests still meet it.</summary>
        public long Times { get; set; }
    }
}
