#if NET
using System;
using System.Linq;
#endif
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class NearNamesTests
{
    [Theory]
    [InlineData("gpt-4o-mnii", "gpt-4o-mini")]
    [InlineData("GPT-4O-MINI", "gpt-4o-mini")]
    [InlineData("gpt4omini", "gpt-4o-mini")]
    [InlineData("gpt-4o-min", "gpt-4o-mini")]
    [InlineData("claude-sonet", "anthropic/claude-sonnet")]
    [InlineData("anthropic/claude-sonnett", "anthropic/claude-sonnet")]
    [InlineData("other/claude-sonnet", "anthropic/claude-sonnet")]
    [InlineData("llama", "")]
    [InlineData("anthropic/llama", "")]
    [InlineData("", "")]
    public void Find_OfAMistypedName_GivesTheNearOnes(string name, string expected)
    {
        var found = NearNames.Find(name, ["anthropic/claude-sonnet", "gpt-4o-mini", "whisper-large"], count: 3);

        Assert.Equal(expected, string.Join(", ", found));
    }

    [Fact]
    public void Find_OfManyNearNames_GivesTheNearestFirstAndNoMoreThanCounted()
    {
        var found = NearNames.Find("model-a1", ["model-b2", "model-a3", "model-a2", "model-a1x"], count: 3);

        Assert.Equal(["model-a1x", "model-a2", "model-a3"], found);
    }

    [Fact]
    public void Find_OfALongText_IsNothing()
    {
        var text = new string('a', 129);

        Assert.Empty(NearNames.Find(text, [text], count: 1));
        Assert.Empty(NearNames.Find("a", [text, ""], count: 1));
        Assert.Single(NearNames.Find(new string('a', 128), [new string('a', 128)], count: 1));
    }

#if NET
    [Fact]
    public void Find_AmongManyNames_AllocatesNothingForEach()
    {
        string[] names = [.. Enumerable.Range(0, 10_000).Select(i => $"acme/model-{i}")];
        NearNames.Find("acme/quite-another", names, count: 3);

        var before = GC.GetAllocatedBytesForCurrentThread();
        NearNames.Find("acme/quite-another", names, count: 3);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000);
    }
#endif

    [Theory]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    public void Distance_OfLongNames_CountsTheirEdits(int length)
    {
        var name = new string('a', length);

        Assert.Equal(1, NearNames.Distance(name, name.Substring(1)));
        Assert.Equal(1, NearNames.Distance(name, $"b{name.Substring(1)}"));
        Assert.Equal(0, NearNames.Distance(name, name.ToUpperInvariant()));
    }
}
