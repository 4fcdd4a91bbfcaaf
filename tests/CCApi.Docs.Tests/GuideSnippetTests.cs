using System.Linq;
using CCApi.Docs.Tests.Support;
using Xunit;

namespace CCApi.Docs.Tests;

/// <summary>What the guides show is code that was compiled, most of it run too: each block is a region of a file below Snippets.</summary>
public class GuideSnippetTests
{
    public static TheoryData<string> Guides => [.. Guide.All.Where(guide => Guide.Blocks(guide).Count > 0)];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Blocks_OfAGuide_AreCompiled(string guide)
    {
        var regions = Guide.Regions();

        Assert.All(Guide.Blocks(guide), block => Assert.True(regions.Contains(block), $"No region below tests/*/Snippets is this code:\n{block}"));
    }
}
