using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Snippets;

/// <summary>The table of docs/limits.md has the defaults of the code.</summary>
public class LimitsTableTests
{
    public static TheoryData<string, string> Rows => [.. Lines().Select(cells => new TheoryDataRow<string, string>(cells[3], cells[2]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_OfTheTable_IsTheDefault(string constant, string expected)
    {
        var field = typeof(CCApiDefaults).GetField(constant.Trim('`'), BindingFlags.Public | BindingFlags.Static);

        Assert.Equal(expected, Convert.ToString(field?.GetValue(null), CultureInfo.InvariantCulture));
    }

    private static string[][] Lines() =>
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "limits.md"))
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())
            .Where(cells => cells.Length == 7 && cells[3] is ['`', ..])];
}
