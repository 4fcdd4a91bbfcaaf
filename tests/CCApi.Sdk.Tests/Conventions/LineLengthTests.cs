using System.Collections.Generic;
using System.IO;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Conventions;

/// <summary>A line fits on a screen beside the file tree, and in a review.</summary>
public class LineLengthTests
{
    private const int MaxColumns = 140;

    [Fact]
    public void SourceFiles_HaveNoLineOver140Columns()
    {
        var sources = Files("src").Concat(Files("samples"));

        Assert.Empty(sources.SelectMany(LongLines));
    }

    private static IEnumerable<string> LongLines(string file) => File.ReadLines(Path.Combine(Repository.Root, file))
        .Select((line, index) => (line.Length, Number: index + 1))
        .Where(line => line.Length > MaxColumns)
        .Select(line => $"{file}({line.Number}): {line.Length}");

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "obj" or "bin"));
}
