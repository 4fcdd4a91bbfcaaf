using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.CostTests;

/// <summary>A reader that is cancelled returns soon, whatever it is reading.</summary>
public class ReaderCancellationTests
{
    private const int MostMilliseconds = 1000;

    /// <summary>Without the reader that ends at its limit before it can be canceled.</summary>
    public static TheoryData<string> Readers => [.. CostProgram.Readers().Where(reader => reader.Data != "choices of a stream")];

    /// <remarks>When all has arrived, what is left is to build the objects, which does not look at the token; so it must be quick.</remarks>
    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Read_ThatIsCanceled_EndsWithinASecond(string reader)
    {
        var result = (await CostProgram.RunAsync("cancel", reader)).Split(' ');

        var (afterHalf, outcome, afterAll) = (Number(result[0]), result[1], Number(result[2]));
        Assert.InRange(afterHalf, 0, MostMilliseconds);
        Assert.Contains("Canceled", outcome, StringComparison.Ordinal);
        Assert.InRange(afterAll, 0, MostMilliseconds);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
