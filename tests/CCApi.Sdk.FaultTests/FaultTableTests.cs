using System;
using System.IO;
using CCApi.Sdk.FaultTests.Support;
using Xunit;

namespace CCApi.Sdk.FaultTests;

public class FaultTableTests
{
    [Fact]
    public void EveryFault_HasItsWayToHappen() =>
        Assert.All(FaultTable.Faults, fault =>
        {
            using var server = UnreachableServer.For(fault);
            Assert.True(server is not null ^ FaultScripts.Of(fault) is not null, fault);
        });

    [Fact]
    public void ThePage_SaysWhatTheTableSays_AndEveryCellIsGreen()
    {
        var page = File.ReadAllText(Path.Combine(FaultWorld.Root, "docs", "faults.md"));

        Assert.True(page == FaultDocument.Write(FaultTable.All), "docs/faults.md is not what the table says: run tests/faults.sh, which runs every cell and writes it.");
    }

    [Theory]
    [InlineData("Connection 3")]
    [InlineData("Connection")]
    public void Parse_OfSomethingElse_SaysWhatACellLooksLike(string cell) =>
        Assert.Contains("Connection 3/0", Assert.Throws<FormatException>(() => Expectation.Parse(cell)).Message, StringComparison.Ordinal);
}
