using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class RandomSourceTests
{
    [Fact]
    public void Roll_ManyTimes_StaysBelowOneAndDiffers()
    {
        var rolls = Enumerable.Range(0, 1000).Select(_ => RandomSource.Roll()).ToArray();

        Assert.All(rolls, roll => Assert.InRange(roll, 0, 0.9999999999999999));
        Assert.True(rolls.Distinct().Count() > 900);
    }

    [Fact]
    public void NewId_ManyTimes_IsAlwaysAnother()
    {
        var ids = Enumerable.Range(0, 10_000).AsParallel().Select(_ => RandomSource.NewId()).ToArray();

        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
