using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CCApi.Sdk;

/// <summary>The metrics of version 1.41 of the conventions.</summary>
internal sealed class DefaultInstruments : GenAIInstruments
{
    private static readonly InstrumentAdvice<long> _boundaries = new()
    {
        HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
    };

    private DefaultInstruments()
    {
    }

    public static DefaultInstruments Instance { get; } = new();

    public override Histogram<double>? Duration { get; } =
        TelemetrySource.CreateSeconds(
            TelemetryNames.Metrics.Duration, "Duration of an operation of a generative AI client.");

    public override Histogram<double>? TimeToFirstChunk { get; } =
        TelemetrySource.CreateSeconds(
            TelemetryNames.Metrics.TimeToFirstChunk, "Time from the start of a streamed operation to its first chunk.");

    public override Histogram<double>? TimePerOutputChunk { get; } =
        TelemetrySource.CreateSeconds(
            TelemetryNames.Metrics.TimePerOutputChunk, "Time between two chunks of a streamed operation.");

    private Histogram<long>? TokenUsage { get; } =
        TelemetrySource.CreateHistogram(
            TelemetryNames.Metrics.TokenUsage, "{token}", "Tokens that an operation used.", _boundaries);

    public override bool IsListenedTo =>
        TelemetrySource.IsEnabled(Duration)
        || TelemetrySource.IsEnabled(TokenUsage)
        || TelemetrySource.IsEnabled(TimeToFirstChunk)
        || TelemetrySource.IsEnabled(TimePerOutputChunk);

    public override void RecordTokens(ITokenCounts tokens, in TagList tags)
    {
        Record(tokens.Input, "input", tags);
        Record(tokens.Output, "output", tags);
    }

    private void Record(long? reported, string type, TagList tags)
    {
        if (TokenCount.Of(reported) is { } count)
        {
            tags.Add(TelemetryNames.GenAI.TokenType, type);
            SafeSpan.Run((TokenUsage, count, tags), static state => state.TokenUsage?.Record(state.count, state.tags));
        }
    }
}
