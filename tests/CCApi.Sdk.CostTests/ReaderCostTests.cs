using System;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.CostTests;

/// <summary>What a reader costs grows with the body, and no faster.</summary>
public class ReaderCostTests
{
    private const int Measurements = 6;

    public static TheoryData<string> Readers => [.. CostProgram.Readers()];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Read_OfTwiceTheBytes_TakesTwiceTheTimeAndEightTimesTheBytes(string reader)
    {
        var cost = await MeasureAsync(reader, isRight: cost => cost.IsLinear && cost.IsFast && cost.IsSmall);

        Assert.True(cost.IsLinear && cost.IsFast && cost.IsSmall && cost.IsKnown, $"{reader}: {cost}");
    }

    [Fact]
    public async Task Measurement_OfAQuadraticReader_IsNotLinear()
    {
        var cost = await MeasureAsync("planted", isRight: cost => !cost.IsLinear);

        Assert.False(cost.IsLinear, $"{cost}");
    }

    private static async Task<Cost> MeasureAsync(string reader, Func<Cost, bool> isRight)
    {
        var cost = Cost.Parse(await CostProgram.RunAsync("cost", reader));
        for (var i = 1; i < Measurements && !isRight(cost); i++)
        {
            cost = cost.Least(Cost.Parse(await CostProgram.RunAsync("cost", reader)));
        }

        return cost;
    }
}
