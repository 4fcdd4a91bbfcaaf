using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>The totals of a <see cref="CostTracker"/> at one moment. Immutable.</summary>
public sealed class CostSnapshot
{
    private static readonly string[] _head = ["cost of", "charges", "unknown", Currencies.Usd, Currencies.Credits];

    internal CostSnapshot(
        CostTotal total,
        IReadOnlyList<CostTotal> byModel,
        IReadOnlyList<CostTotal> byOperation,
        IReadOnlyList<CostTotal> byScope,
        IReadOnlyList<CostTotal> byTag)
    {
        Total = total;
        ByModel = byModel;
        ByOperation = byOperation;
        ByScope = byScope;
        ByTag = byTag;
    }

    /// <summary>All calls together.</summary>
    public CostTotal Total { get; }

    /// <summary>The totals of each model, by name.</summary>
    public IReadOnlyList<CostTotal> ByModel { get; }

    /// <summary>The totals of each operation, such as <c>POST /chat/completions</c>, by name.</summary>
    public IReadOnlyList<CostTotal> ByOperation { get; }

    /// <summary>The totals of each scope, with the scopes within it, by path.</summary>
    public IReadOnlyList<CostTotal> ByScope { get; }

    /// <summary>The totals of each tag, by <c>name=value</c>.</summary>
    public IReadOnlyList<CostTotal> ByTag { get; }

    /// <summary>Returns a table with a row for each total.</summary>
    public override string ToString()
    {
        var rows = new List<string[]> { _head };
        AddRow(rows, "all calls", Total);
        AddRows(rows, "model", ByModel);
        AddRows(rows, "operation", ByOperation);
        AddRows(rows, "scope", ByScope);
        AddRows(rows, "tag", ByTag);

        var table = new StringBuilder();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();

        foreach (var row in rows)
        {
            table.Append(row[0].PadRight(widths[0]));
            for (var column = 1; column < row.Length; column++)
            {
                table.Append("  ").Append(row[column].PadLeft(widths[column]));
            }

            table.Append('\n');
        }

        return table.ToString();
    }

    private static void AddRows(List<string[]> rows, string kind, IReadOnlyList<CostTotal> totals)
    {
        foreach (var total in totals)
        {
            AddRow(rows, $"{kind} {total.Name}", total);
        }
    }

    private static void AddRow(List<string[]> rows, string name, CostTotal total) => rows.Add(
    [
        Shown(name),
        total.Charges.ToString(CultureInfo.InvariantCulture),
        total.UnknownCharges.ToString(CultureInfo.InvariantCulture),
        Text(total, Currencies.Usd),
        Text(total, Currencies.Credits),
    ]);

    /// <summary>A name on one line: scopes and tags may come from users, who must not add rows.</summary>
    private static string Shown(string name) =>
        name.Any(char.IsControl) ? new string([.. name.Select(character => char.IsControl(character) ? '?' : character)]) : name;

    private static string Text(CostTotal total, string currency)
    {
        if (total.Amounts.TryGetValue(currency, out var amount))
        {
            return amount.ToString(CultureInfo.InvariantCulture);
        }

        return string.Empty;
    }
}
