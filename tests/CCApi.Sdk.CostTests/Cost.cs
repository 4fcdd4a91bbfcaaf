using System;
using System.Globalization;

namespace CCApi.Sdk.CostTests;

/// <summary>What one reader cost.</summary>
/// <param name="Bytes">The size of the larger body.</param>
/// <param name="Once">The CPU time of the smaller body, in milliseconds.</param>
/// <param name="Twice">The CPU time of the larger body, in milliseconds.</param>
/// <param name="PeakBytes">By how much the peak of the working set grew.</param>
/// <param name="MemoryPerByte">How many bytes of memory each byte of the body may take.</param>
/// <param name="Outcome"><c>ok</c>, or the name of the exception.</param>
internal sealed record Cost(long Bytes, long Once, long Twice, long PeakBytes, int MemoryPerByte, string Outcome)
{
    private const int LargestGrowthInPercent = 280;
    private const int NanosecondsPerByte = 1000;
    private const int Mebibyte = 1024 * 1024;

    // Below this, the timer and the runtime itself count more than the reader.
    private const int Noise = 60;

    /// <summary>Whether the time grew with the bytes, and not with their square.</summary>
    public bool IsLinear => Twice <= Math.Max(Noise, Once * LargestGrowthInPercent / 100);

    public bool IsFast => Twice * 1_000_000 <= (Bytes * NanosecondsPerByte) + (Noise * 1_000_000L);

    public bool IsSmall => PeakBytes <= (MemoryPerByte * Bytes) + (64L * Mebibyte);

    public bool IsKnown => Outcome == "ok" || Outcome.StartsWith("CCApi", StringComparison.Ordinal) || Outcome == "ChatStructuredOutputException";

    public static Cost Parse(string line)
    {
        var parts = line.Split(' ');
        return new Cost(Number(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3]), (int)Number(parts[4]), parts[5]);
    }

    /// <summary>The least of two measurements: other programs only add.</summary>
    public Cost Least(Cost other) => this with
    {
        Once = Math.Min(Once, other.Once),
        Twice = Math.Min(Twice, other.Twice),
        PeakBytes = Math.Min(PeakBytes, other.PeakBytes),
    };

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
