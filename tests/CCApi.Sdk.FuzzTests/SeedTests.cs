using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Fuzz;
using Xunit;

namespace CCApi.Sdk.FuzzTests;

/// <summary>The fuzz targets without a fuzzer: their seeds are not findings, and the bugs that are planted to try them are.</summary>
public sealed class SeedTests
{
    private static readonly string _seeds = Path.Combine(FuzzFiles.Project, "seeds");
    private static readonly string _planted = Path.Combine(FuzzFiles.Project, "planted");

    [Fact]
    public async Task Replay_OfTheSeeds_FindsNothingEvenWhenBugsArePlanted()
    {
        var lines = await FuzzProgram.RunAsync(plants: true, "all", "--replay", _seeds);

        Assert.DoesNotContain(lines, line => line.StartsWith(_seeds, StringComparison.Ordinal) && !line.EndsWith(": ok", StringComparison.Ordinal));
        Assert.EndsWith(" files, 0 findings", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfInputsWithPlantedBugs_FindsEach()
    {
        var files = Directory.GetFiles(_planted, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();

        var lines = await FuzzProgram.RunAsync(plants: true, "all", "--replay", _planted);
        var linesWithout = await FuzzProgram.RunAsync(plants: false, "all", "--replay", _planted);

        var findings = lines.Where(line => line.StartsWith(_planted, StringComparison.Ordinal));
        Assert.All(files.Zip(findings), pair => Assert.StartsWith($"{pair.First}: CCApi.Sdk.Fuzz.FindingException: ", pair.Second, StringComparison.Ordinal));
        Assert.Equal($"{files.Count} files, {files.Count} findings", lines[^1]);
        Assert.Equal($"{files.Count} files, 0 findings", linesWithout[^1]);
    }

    [Fact]
    public void Targets_HaveAFolderOfSeedsEach()
    {
        var folders = Directory.GetDirectories(_seeds).Order(StringComparer.Ordinal).ToList();

        Assert.Equal([.. FuzzTargets.All.Keys], folders.Select(folder => Path.GetFileName(folder)));
        Assert.All(folders, folder => Assert.True(Directory.GetFiles(folder).Length >= 4, folder));
    }
}
