using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

/// <summary>The table of <c>docs/wire.md</c> and the tests of this folder name each other.</summary>
public class WireTableTests
{
    private static readonly Regex _name = new("`(\\w+QuirkTests\\.\\w+)`", RegexOptions.CultureInvariant);

    private static readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/wire.md"));

    private static readonly HashSet<string> _tests =
        [.. typeof(WireTableTests).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(WireTableTests).Namespace && type.Name.EndsWith("QuirkTests", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => $"{type.Name}.{method.Name}"))];

    [Fact]
    public void Tests_OfTheTable_Exist()
    {
        var offenders = Named().Except(_tests);

        Assert.Empty(offenders);
    }

    [Fact]
    public void Tests_OfTheFolder_AreInTheTable()
    {
        var offenders = _tests.Except(Named());

        Assert.Empty(offenders);
    }

    [Fact]
    public void Rows_OfTheTable_NameATest()
    {
        var rows = _lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal) && !line.EndsWith("| test |", StringComparison.Ordinal)).ToArray();

        Assert.True(rows.Length > 50, $"Only {rows.Length} rows.");
        Assert.All(rows, row => Assert.Matches(_name, row));
    }

    private static IEnumerable<string> Named() => _lines.SelectMany(line => _name.Matches(line).Cast<Match>()).Select(match => match.Groups[1].Value);
}
