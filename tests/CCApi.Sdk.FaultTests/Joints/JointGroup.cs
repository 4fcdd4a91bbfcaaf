using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>One of the tables: the scenarios of a kind, and what must come of each call in them.</summary>
internal sealed record JointGroup(string Name, string[] Scenarios, IReadOnlyDictionary<(string Scenario, JointCall Call), string> Cells)
{
    /// <summary>Reads a name, a line of scenarios, and a line for each call.</summary>
    public static JointGroup Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Skip(1).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        var scenarios = rows[0][1..];
        var cells = new Dictionary<(string Scenario, JointCall Call), string>();
        foreach (var row in rows[1..])
        {
            foreach (var (scenario, cell) in scenarios.Zip(row[1..]))
            {
                cells.Add((scenario, Enum.Parse<JointCall>(row[0])), cell);
            }
        }

        return new JointGroup(lines[0], scenarios, cells);
    }
}
