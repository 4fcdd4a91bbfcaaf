using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CCApi.Sdk;

/// <summary>The generative AI metrics of one version of the conventions.</summary>
internal abstract class GenAIInstruments
{
    /// <summary>The duration of an operation.</summary>
    public abstract Histogram<double>? Duration { get; }

    /// <summary>The time from the start of a streamed operation to its first chunk.</summary>
    public abstract Histogram<double>? TimeToFirstChunk { get; }

    /// <summary>The time between two chunks of a stream.</summary>
    public abstract Histogram<double>? TimePerOutputChunk { get; }

    public abstract bool IsListenedTo { get; }

    /// <summary>Records the tokens of an operation, once. A listener that throws keeps no other count back.</summary>
    /// <param name="tokens">What the gateway reported.</param>
    /// <param name="tags">The attributes of the operation.</param>
    public abstract void RecordTokens(ITokenCounts tokens, in TagList tags);
}
