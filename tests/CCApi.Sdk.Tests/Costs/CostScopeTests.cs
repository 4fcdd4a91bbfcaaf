using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Costs;

public class CostScopeTests
{
    [Fact]
    public void Begin_AndDispose_SetsTheCurrentScope()
    {
        using (var scope = CostScope.Begin("a"))
        {
            Assert.Same(scope, CostScope.Current);
            Assert.Equal(("a", "a", "a"), (scope.Name, scope.Path, scope.ToString()));
        }

        Assert.Null(CostScope.Current);
    }

    [Fact]
    public void Begin_WithinAnother_NestsAndMergesTheTags()
    {
        using var outer = CostScope.Begin("a", new Dictionary<string, string> { ["team"] = "x", ["region"] = "eu" });
        using var inner = CostScope.Begin("b", new Dictionary<string, string> { ["team"] = "y" });

        Assert.Equal("a/b", inner.Path);
        Assert.Same(outer, inner.Parent);
        Assert.Equal("region=eu,team=y", string.Join(",", inner.Tags.Select(tag => $"{tag.Key}={tag.Value}").OrderBy(tag => tag, StringComparer.Ordinal)));
    }

    [Fact]
    public void Begin_WithATagOfNull_HasItWithoutAValue()
    {
        using var scope = CostScope.Begin("a", new Dictionary<string, string> { ["team"] = null! });

        Assert.Equal(string.Empty, scope.Tags["team"]);
    }

    [Fact]
    public async Task Begin_WithAsync_FlowsDownAndNotUp()
    {
        using var outer = CostScope.Begin("a");

        var inner = await Task.Run(async () =>
        {
            var scope = CostScope.Begin("b");
            await Task.Yield();
            Assert.Same(scope, CostScope.Current);
            return scope;
        });

        Assert.Equal("a/b", inner.Path);
        Assert.Same(outer, CostScope.Current);
    }

    [Fact]
    public void Dispose_InAnotherOrder_LeavesTheOpenOnes()
    {
        var outer = CostScope.Begin("a");
        var inner = CostScope.Begin("b");

        outer.Dispose();
        Assert.Same(inner, CostScope.Current);
        inner.Dispose();

        Assert.Null(CostScope.Current);
    }

    [Fact]
    public void Dispose_Twice_EndsOneScope()
    {
        using var outer = CostScope.Begin("a");
        var inner = CostScope.Begin("b");

        inner.Dispose();
        inner.Dispose();

        Assert.Same(outer, CostScope.Current);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Begin_WithoutAName_Throws(string? name) => Assert.ThrowsAny<ArgumentException>(() => CostScope.Begin(name!));
}
