using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.CostTests;

/// <summary>A reader that is canceled returns soon, whatever it is reading.</summary>
public class ReaderCancellationTests
{
    private const int MostMilliseconds = 1000;

    // Other programs only add to the time.
    private const int Measurements = 3;

    /// <summary>Without the reader that ends at its limit before it can be canceled.</summary>
    public static TheoryData<string> Readers => [.. CostProgram.Readers().Where(reader => reader.Data != "choices of a stream")];

    /// <remarks>
    /// When all was received, what is left is to build the objects, which does not look at the token, so it must be quick. Only the search for structured
    /// output looks at it.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Read_ThatIsCanceled_EndsWithinASecond(string reader)
    {
        var result = await CancelAsync(reader);
        for (var i = 1; i < Measurements && Math.Max(result.AfterHalf, result.AfterAll) > MostMilliseconds; i++)
        {
            result = await CancelAsync(reader);
        }

        Assert.InRange(result.AfterHalf, 0, MostMilliseconds);
        Assert.Contains("Canceled", result.OutcomeOfHalf, StringComparison.Ordinal);
        Assert.InRange(result.AfterAll, 0, MostMilliseconds);
        if (reader.StartsWith("structured output", StringComparison.Ordinal))
        {
            Assert.Contains("Canceled", result.OutcomeOfAll, StringComparison.Ordinal);
        }
    }

    private static async Task<Cancellation> CancelAsync(string reader)
    {
        var parts = (await CostProgram.RunAsync("cancel", reader)).Split(' ');

        return new Cancellation(Number(parts[0]), parts[1], Number(parts[2]), parts[3]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The CPU time from the cancellation to the return, in milliseconds, and how the call ended: when half of the body was read, and when all of it was.</summary>
    private sealed record Cancellation(int AfterHalf, string OutcomeOfHalf, int AfterAll, string OutcomeOfAll);
}
