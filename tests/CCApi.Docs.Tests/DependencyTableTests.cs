using System;
using System.IO;
using System.Linq;
using CCApi.Docs.Tests.Support;
using Xunit;

namespace CCApi.Docs.Tests;

/// <summary>CONTRIBUTING.md argues for every dependency of every package. The listings are compared with the packages by tests/packages.sh.</summary>
public class DependencyTableTests
{
    public static TheoryData<string, string> Dependencies =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "packages"), "*.txt")
            .SelectMany(listing => File.ReadLines(listing).Select(line => (Package: Path.GetFileNameWithoutExtension(listing), Parts: line.Split(' '))))
            .Where(line => line.Parts.Length == 3 && line.Parts[2] is [>= '0' and <= '9', ..])
            .Select(line => (line.Package, line.Parts[1]))
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void Contributing_DependencyOfAPackage_IsArguedFor(string package, string dependency)
    {
        var section = Guide.Read("CONTRIBUTING.md").Split("\n## ").Single(part => part.StartsWith("Dependencies of the shipped packages", StringComparison.Ordinal));

        Assert.True(IsNamed(section, dependency), $"{package} depends on {dependency}, which CONTRIBUTING.md does not argue for.");
    }

    private static bool IsNamed(string section, string dependency) =>
        section.Split([' ', ',', ';', '|', '\n', '(', ')']).Select(word => word.TrimEnd('.', ':')).Contains(dependency);
}
