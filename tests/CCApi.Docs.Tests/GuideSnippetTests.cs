using System.Linq;
using CCApi.Docs.Tests.Support;
using Xunit;

namespace CCApi.Docs.Tests;

/// <summary>What the guides show is code that was compiled, most of it run too: each block is a region of a file below Snippets.</summary>
public class GuideSnippetTests
{
    public static TheoryData<string> Guides => [.. Guide.All.Where(guide => Guide.Blocks(guide).Count > 0)];

    public static TheoryData<string> Texts => [.. Guide.All];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Blocks_OfAGuide_AreCompiled(string guide)
    {
        var regions = Guide.Regions();

        Assert.All(Guide.Blocks(guide), block => Assert.True(regions.Contains(block), $"No region below tests/*/Snippets is this code:\n{block}"));
    }

    /// <remarks>A block of another language would be C# that nothing compiles.</remarks>
    [Theory]
    [MemberData(nameof(Texts))]
    public void Blocks_OfAGuide_AreOfAKnownLanguage(string guide) =>
        Assert.All(Guide.Languages(guide), language => Assert.Contains(language, new[] { "", "console", "csharp", "json" }));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Members_InTheTextOfAGuide_Exist(string guide) => Assert.Empty(Guide.Spans(guide).SelectMany(PublicNames.UnknownIn));
}
