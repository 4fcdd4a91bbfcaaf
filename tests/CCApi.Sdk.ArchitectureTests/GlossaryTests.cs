using System.IO;
using System.Linq;
using CCApi.Sdk.Measure;
using Xunit;

namespace CCApi.Sdk.ArchitectureTests;

/// <summary>One language: the words that the glossary of CONTRIBUTING.md replaces occur in no comment, name or message of sources, samples and tests.</summary>
public class GlossaryTests
{
    [Fact]
    public void Sources_ByTheGlossary_UseTheTradesWords()
    {
        var uses = new[] { "src", "samples", "tests" }.SelectMany(Words.In).ToArray();

        Assert.True(uses.Length == 0, $"Words that the glossary replaces:\n{string.Join('\n', uses.AsEnumerable())}");
    }

    [Theory]
    [InlineData("// Whoever reads it.", "whoever")]
    [InlineData("private int _lastAnswer;", "answer")]
    [InlineData("throw new Exception(\"1 is no number\");", "is no")]
    public void In_LineWithAReplacedWord_FindsIt(string line, string expected)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "Sample.cs"), line);

            Assert.Equal(expected, Assert.Single(Words.In(folder.FullName)).Word);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
