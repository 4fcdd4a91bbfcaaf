using System;
using System.IO;
using System.Linq;
using System.Text;
using CCApi.Sdk.Fuzz;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Fuzz;

/// <summary>The fuzz targets without a fuzzer: their seeds are no findings, and the bugs that are planted to try them are reached.</summary>
public sealed class SeedTests : IDisposable
{
    private static readonly string _folder = Path.Combine(Repository.Root, "tests/CCApi.Sdk.Fuzz/seeds");

    public static TheoryData<string> Targets() => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Run_OfTheSeeds_FindsNothingEvenWhenBugsArePlanted(string target)
    {
        Planted.IsOn = true;
        var files = Directory.GetFiles(Path.Combine(_folder, target));

        foreach (var file in files)
        {
            Assert.Null(Record.Exception(() => FuzzTargets.Run(FuzzTargets.All[target], File.ReadAllBytes(file))));
        }

        Assert.True(files.Length >= 4);
    }

    [Theory]
    [InlineData("stream", """
        data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}}]}
        """, "Planted: a stream that breaks off after its call.")]
    [InlineData("error", "500\n\n{\"error\":{\"message\":\"a\",\"details\":[]}}", "Planted: an error of the server whose details are a list.")]
    [InlineData("plain", "4{\"x\":[[],[],[],[],[],[],[],[]]}", "bytes were allocated for an input of 32.")]
    public void Run_OfAPlantedBug_IsAFinding(string target, string input, string message)
    {
        Planted.IsOn = true;

        var finding = Assert.Throws<FindingException>(() => FuzzTargets.Run(FuzzTargets.All[target], Encoding.UTF8.GetBytes(input)));

        Assert.EndsWith(message, finding.Message, StringComparison.Ordinal);
        Planted.IsOn = false;
        Assert.Null(Record.Exception(() => FuzzTargets.Run(FuzzTargets.All[target], Encoding.UTF8.GetBytes(input))));
    }

    [Fact]
    public void Targets_HaveAFolderOfSeedsEach()
    {
        Assert.Equal(FuzzTargets.All.Keys, Directory.GetDirectories(_folder).Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal));
    }

    public void Dispose() => Planted.IsOn = false;
}
