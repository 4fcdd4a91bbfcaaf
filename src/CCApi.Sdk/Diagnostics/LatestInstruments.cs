using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CCApi.Sdk;

/// <summary>The metrics of the newest conventions: token counters by modality, and distributions per operation.</summary>
internal sealed class LatestInstruments : GenAIInstruments
{
    private const string Unit = "{token}";

    private LatestInstruments()
    {
    }

    public static LatestInstruments Instance { get; } = new();

    public override Histogram<double>? Duration { get; } =
        TelemetrySource.CreateSeconds(TelemetryNames.LatestMetrics.Duration, "Duration of an inference operation.");

    public override Histogram<double>? TimeToFirstChunk { get; } =
        TelemetrySource.CreateSeconds(
            TelemetryNames.LatestMetrics.TimeToFirstChunk, "Time from the start of a streamed operation to its first chunk.");

    public override Histogram<double>? TimePerOutputChunk { get; } =
        TelemetrySource.CreateSeconds(
            TelemetryNames.LatestMetrics.TimePerOutputChunk, "Time between two chunks of a streamed operation.");

    private Counter<long>? InputTokens { get; } =
        TelemetrySource.CreateCounter<long>(
            TelemetryNames.LatestMetrics.InputTokens, Unit, "Input tokens, cached ones included.");

    private Counter<long>? OutputTokens { get; } =
        TelemetrySource.CreateCounter<long>(
            TelemetryNames.LatestMetrics.OutputTokens, Unit, "Output tokens, those of reasoning included.");

    private Counter<long>? CachedInputTokens { get; } =
        TelemetrySource.CreateCounter<long>(
            TelemetryNames.LatestMetrics.CachedInputTokens, Unit, "Input tokens that came from a cache of the provider.");

    private Counter<long>? ReasoningOutputTokens { get; } =
        TelemetrySource.CreateCounter<long>(
            TelemetryNames.LatestMetrics.ReasoningOutputTokens, Unit, "Output tokens of reasoning.");

    private Histogram<long>? InputTokensOfOperation { get; } =
        TelemetrySource.CreateHistogram<long>(
            TelemetryNames.LatestMetrics.InputTokensOfOperation, Unit, "Input tokens of one operation.");

    private Histogram<long>? OutputTokensOfOperation { get; } =
        TelemetrySource.CreateHistogram<long>(
            TelemetryNames.LatestMetrics.OutputTokensOfOperation, Unit, "Output tokens of one operation.");

    public override bool IsListenedTo
    {
        get
        {
            var isTimed = TelemetrySource.IsEnabled(Duration)
                || TelemetrySource.IsEnabled(TimeToFirstChunk)
                || TelemetrySource.IsEnabled(TimePerOutputChunk);
            var isCounted = TelemetrySource.IsEnabled(InputTokens)
                || TelemetrySource.IsEnabled(OutputTokens)
                || TelemetrySource.IsEnabled(CachedInputTokens)
                || TelemetrySource.IsEnabled(ReasoningOutputTokens);

            return isTimed
                || isCounted
                || TelemetrySource.IsEnabled(InputTokensOfOperation)
                || TelemetrySource.IsEnabled(OutputTokensOfOperation);
        }
    }

    public override void RecordTokens(ITokenCounts tokens, in TagList tags)
    {
        AddByModality(InputTokens, tokens.Input, tokens.TextInput, tokens.AudioInput, tokens.ImageInput, tags);
        AddByModality(OutputTokens, tokens.Output, tokens.TextOutput, tokens.AudioOutput, tokens.ImageOutput, tags);
        Add(CachedInputTokens, tokens.CachedInput, "unknown", tags);
        Add(ReasoningOutputTokens, tokens.ReasoningOutput, "unknown", tags);
        Record(InputTokensOfOperation, tokens.Input, tags);
        Record(OutputTokensOfOperation, tokens.Output, tags);
    }

    /// <summary>The parts never add up to more than the total, which is what was charged.</summary>
    private static void AddByModality(Counter<long>? counter, long? total, long? text, long? audio, long? image, in TagList tags)
    {
        if (TokenCount.Of(total) is not { } rest)
        {
            return;
        }

        AddPart(counter, text, "text", tags, ref rest);
        AddPart(counter, audio, "audio", tags, ref rest);
        AddPart(counter, image, "image", tags, ref rest);
        if (rest > 0)
        {
            Add(counter, rest, "unknown", tags);
        }
    }

    private static void AddPart(Counter<long>? counter, long? tokens, string modality, in TagList tags, ref long rest)
    {
        if (tokens is > 0 && tokens <= rest)
        {
            rest -= tokens.Value;
            Add(counter, tokens, modality, tags);
        }
    }

    private static void Add(Counter<long>? counter, long? tokens, string modality, TagList tags)
    {
        if (TokenCount.Of(tokens) is { } count and > 0)
        {
            tags.Add(TelemetryNames.GenAI.TokenModality, modality);
            SafeSpan.Run((counter, count, tags), static state => state.counter?.Add(state.count, state.tags));
        }
    }

    private static void Record(Histogram<long>? histogram, long? tokens, in TagList tags)
    {
        if (TokenCount.Of(tokens) is { } count)
        {
            SafeSpan.Run((histogram, count, tags), static state => state.histogram?.Record(state.count, state.tags));
        }
    }
}
