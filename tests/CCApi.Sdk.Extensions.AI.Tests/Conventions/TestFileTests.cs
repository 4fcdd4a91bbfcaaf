using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Conventions;

/// <summary>A stranger finds the tests of a file by its name.</summary>
public class TestFileTests
{
    private const string Content = "ContentTableTests sends and receives each kind of content";

    private static readonly Dictionary<string, string> _exempt = new(StringComparer.Ordinal)
    {
        ["ArgumentNames"] = "names",
        ["AdapterServices"] = "the tests of each adapter call GetService",
        ["CCApiAIExtensions"] = "creates the adapters, which each have their tests",
        ["CCApiAIProperties"] = "names; ResponseReaderTests and StreamUpdatesTests read each",
        ["CallOptions"] = "RequestWriterTests sends additional properties of each type",
        ["ContentReader"] = Content,
        ["ContentText"] = Content,
        ["FileName"] = Content,
        ["FirstText"] = "RequestWriterTests and SpeechRequestWriterTests send what is set",
        ["Floats"] = "RequestWriterTests and SpeechRequestWriterTests compare exact JSON",
        ["FunctionCall"] = "CCApiAIToolExtensionsTests invokes functions with each kind of result",
        ["ImageResponseReader"] = "ImageGeneratorAdapterTests reads data and addresses",
        ["KeptPart"] = Content,
        ["MediaMembers"] = Content,
        ["MessageDraft"] = Content,
        ["MessageWriter"] = Content,
        ["PartReader"] = Content,
        ["PartWriter"] = Content,
        ["Provider"] = "a name",
        ["ReasoningMember"] = "names",
        ["ResponseFormatWriter"] = "RequestWriterTests sends each format",
        ["ResponseProperties"] = "ResponseReaderTests and StreamUpdatesTests read each",
        ["StrictMode"] = "RequestWriterTests sends strict schemas",
        ["ToolCallWriter"] = Content,
        ["ToolResultWriter"] = Content,
        ["ToolWriter"] = "RequestWriterTests sends tools and each mode",
        ["UnsupportedContent"] = Content,
        ["UsageReader"] = "ResponseReaderTests reads each count",
        ["WireJson"] = "RequestWriterTests sends values of each type",
        ["WireMembers"] = Content,
    };

    [Fact]
    public void SourceFiles_HaveATestFile()
    {
        var tests = Names("tests/CCApi.Sdk.Extensions.AI.Tests");

        var offenders = Names("src/CCApi.Sdk.Extensions.AI").Where(name => _exempt.ContainsKey(name) == tests.Contains($"{name}Tests"));

        Assert.Empty(offenders);
    }

    [Fact]
    public void ExemptFiles_Exist() => Assert.Empty(_exempt.Keys.Except(Names("src/CCApi.Sdk.Extensions.AI")));

    private static HashSet<string> Names(string project)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories);
        return [.. files.Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file))];
    }
}
