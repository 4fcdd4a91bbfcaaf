using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

/// <summary>What <c>docs/prices.md</c> says is what the reader does, row by row.</summary>
public class PriceTableTests
{
    [Theory]
    [MemberData(nameof(Rows))]
    public void Read_OfEachRowOfTheDocument_IsItsLastColumn(string form, string json, string expected)
    {
        var model = JsonSerializer.Deserialize<ModelSummary>(json)!;

        var price = ModelPrice.Read(model);

        Assert.True(expected == price.ToString(), $"{form}\nexpected: {expected}\nread:     {price}");
    }

    [Fact]
    public void Rows_OfTheDocument_AreFound() => Assert.InRange(Rows().Count(), 70, 120);

    public static IEnumerable<TheoryDataRow<string, string, string>> Rows() =>
        File.ReadAllLines(Path.Combine(Repository.Root, "docs/prices.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("`{", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split([" | "], StringSplitOptions.None))
            .Select(cells => new TheoryDataRow<string, string, string>(cells[0], cells[cells.Length - 2].Trim('`'), cells[cells.Length - 1]));
}
