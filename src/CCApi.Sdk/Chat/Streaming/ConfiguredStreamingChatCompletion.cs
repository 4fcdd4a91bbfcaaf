using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A streamed chat completion whose awaits are configured, for <c>await foreach</c> and <c>await using</c>.</summary>
public readonly record struct ConfiguredStreamingChatCompletion
{
    private readonly StreamingChatCompletion _stream;
    private readonly bool _continueOnCapturedContext;

    internal ConfiguredStreamingChatCompletion(StreamingChatCompletion stream, bool continueOnCapturedContext)
    {
        _stream = stream;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    private ConfiguredCancelableAsyncEnumerable<ChatCompletionChunk> Chunks =>
        ((IAsyncEnumerable<ChatCompletionChunk>)_stream).ConfigureAwait(_continueOnCapturedContext);

    /// <summary>Sets the token that ends the stream.</summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    public ConfiguredCancelableAsyncEnumerable<ChatCompletionChunk> WithCancellation(
        CancellationToken cancellationToken) =>
        Chunks.WithCancellation(cancellationToken);

    /// <summary>Gets the chunks as they arrive.</summary>
    public ConfiguredCancelableAsyncEnumerable<ChatCompletionChunk>.Enumerator GetAsyncEnumerator() =>
        Chunks.GetAsyncEnumerator();

    /// <summary>Closes the connection.</summary>
    public ConfiguredValueTaskAwaitable DisposeAsync() =>
        _stream.DisposeAsync().ConfigureAwait(_continueOnCapturedContext);
}
