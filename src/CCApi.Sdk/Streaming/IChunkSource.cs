using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Where the chunks of a stream come from: the gateway, or a test.</summary>
internal interface IChunkSource : IAsyncDisposable
{
    CCApiResponseInfo? Info { get; }

    /// <summary>Whether the stream said that it was finished by its end mark.</summary>
    bool SawEndMark { get; }

    /// <summary>Whether the last chunk was cut off by the end.</summary>
    bool IsCut { get; }

    /// <summary>The next chunk; null at the end. The first call sends the request.</summary>
    ValueTask<ChatCompletionChunk?> NextAsync(CancellationToken cancellationToken);
}
