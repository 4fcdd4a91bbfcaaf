using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Where the chunks of a stream come from: the gateway, or a test.</summary>
internal interface IChunkSource : IAsyncDisposable
{
    CCApiResponseInfo? Info { get; }

    /// <summary>The time since the call began; null when there is no call.</summary>
    TimeSpan? Elapsed { get; }

    /// <summary>Whether the stream ended with its end mark.</summary>
    bool SawEndMark { get; }

    /// <summary>Whether the last chunk was truncated by the end.</summary>
    bool IsCut { get; }

    /// <summary>The next piece. The first call sends the request.</summary>
    /// <param name="textOnly">Whether a text that comes alone needs no chunk.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken);

    /// <summary>Computes the cost of the stream by what has been received of its response; null when it was not charged.</summary>
    CCApiCost? CostOf(ChatCompletionResponse received);

    /// <summary>Books the cost of the stream, which has ended, however it did.</summary>
    ValueTask BookAsync();

    /// <summary>Takes what went wrong after a piece was read, such as more choices than are allowed.</summary>
    void Fail(Exception exception);

    /// <summary>Takes what was assembled when the stream ended, before it is disposed.</summary>
    void End(ChatCompletionResponse response);
}
