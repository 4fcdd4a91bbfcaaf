using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>
/// Adds up what the calls of a client cost: by model, by operation, by <see cref="CostScope"/> and by tag. Thread-safe and exact,
/// however many calls end at once.
/// </summary>
/// <remarks>
/// It counts every call that may cost something, with its failed attempts. A job is counted when it starts, and corrected when
/// its end is seen. Reading calls are not counted.
/// </remarks>
public sealed class CostTracker
{
    /// <summary>How many names of a kind it keeps; what is beyond is added up under <see cref="Others"/>.</summary>
    internal const int MaxNames = 10_000;

    /// <summary>The name of what has no row of its own.</summary>
    internal const string Others = "(others)";

    private const string Unknown = "(unknown)";

    private readonly object _gate = new();
    private readonly CostCell _total = new();
    private readonly Dictionary<string, CostCell> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CostCell> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CostCell> _scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string Value), CostCell> _tags = [];

    /// <summary>Returns all totals at one moment.</summary>
    public CostSnapshot GetSnapshot()
    {
        lock (_gate)
        {
            return new CostSnapshot(
                new CostTotal(string.Empty, _total),
                Rows(_models, name => name),
                Rows(_operations, name => name),
                Rows(_scopes, name => name),
                Rows(_tags, tag => tag.Value.Length == 0 ? tag.Name : $"{tag.Name}={tag.Value}"));
        }
    }

    /// <summary>Returns the totals as a table.</summary>
    public override string ToString() => GetSnapshot().ToString();

    /// <summary>Books a charge.</summary>
    internal void Add(in CostEntry charge)
    {
        lock (_gate)
        {
            Add(charge, sign: 1);
        }
    }

    /// <summary>Replaces a charge by what it turned out to be; null for nothing.</summary>
    internal void Correct(in CostEntry booked, in CostEntry? actual)
    {
        lock (_gate)
        {
            Add(booked, sign: -1);
            if (actual is { } charge)
            {
                Add(charge, sign: 1);
            }
        }
    }

    private static CostTotal[] Rows<T>(Dictionary<T, CostCell> cells, Func<T, string> nameOf)
        where T : notnull =>
        [.. cells.Select(cell => new CostTotal(nameOf(cell.Key), cell.Value)).OrderBy(row => row.Name, StringComparer.Ordinal)];

    private static CostCell CellOf<T>(Dictionary<T, CostCell> cells, T key, T others)
        where T : notnull
    {
        if (cells.TryGetValue(key, out var cell))
        {
            return cell;
        }

        var isFull = cells.Count >= MaxNames;
        var name = isFull ? others : key;
        if (!cells.TryGetValue(name, out cell))
        {
            cells[name] = cell = new CostCell();
        }

        return cell;
    }

    private void Add(in CostEntry charge, int sign)
    {
        _total.Add(charge, sign);
        CellOf(_models, charge.Model ?? Unknown, Others).Add(charge, sign);
        CellOf(_operations, charge.Operation, Others).Add(charge, sign);

        for (var scope = charge.Scope; scope is not null; scope = scope.Parent)
        {
            CellOf(_scopes, scope.Path, Others).Add(charge, sign);
        }

        if (charge.Scope is not null)
        {
            foreach (var tag in charge.Scope.Tags)
            {
                CellOf(_tags, (tag.Key, tag.Value), (Others, string.Empty)).Add(charge, sign);
            }
        }
    }
}
