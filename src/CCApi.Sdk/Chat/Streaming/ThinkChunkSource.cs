using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The chunks of another source, whose text between think tags is reasoning and not content.</summary>
internal sealed class ThinkChunkSource : IChunkSource
{
    private readonly IChunkSource _source;
    private readonly SortedDictionary<long, ThinkSplitter> _splitters = [];

    public ThinkChunkSource(IChunkSource source) => _source = source;

    public CCApiResponseInfo? Info => _source.Info;

    public TimeSpan? Elapsed => _source.Elapsed;

    public bool SawEndMark => _source.SawEndMark;

    public bool IsCut => _source.IsCut;

    public async ValueTask<StreamPiece> NextAsync(bool textOnly, CancellationToken cancellationToken)
    {
        if (await _source.NextAsync(textOnly: false, cancellationToken).ConfigureAwait(false) is not { Chunk: { } chunk })
        {
            return Rest() is { } rest ? StreamPiece.Of(rest) : default;
        }

        foreach (var choice in chunk.Choices ?? [])
        {
            Separate(choice);
        }

        return StreamPiece.Of(chunk);
    }

    public CCApiCost? CostOf(ChatCompletionResponse received) => _source.CostOf(received);

    public ValueTask BookAsync() => _source.BookAsync();

    public void Fail(Exception exception) => _source.Fail(exception);

    public void End(ChatCompletionResponse response) => _source.End(response);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private void Separate(ChatCompletionChunkChoice choice)
    {
        if (choice.Message is { } message)
        {
            ThinkTags.Separate(message);
        }

        if (choice.Delta is { } delta)
        {
            var index = choice.Index ?? 0;
            if (!_splitters.TryGetValue(index, out var splitter))
            {
                _splitters[index] = splitter = new ThinkSplitter();
            }

            ThinkTags.Separate(delta, splitter, isLast: choice.FinishReason is { Value.Length: > 0 });
        }
    }

    /// <summary>What was held back when the stream ended without saying so; null when nothing was.</summary>
    private ChatCompletionChunk? Rest()
    {
        var choices = new List<ChatCompletionChunkChoice>();
        foreach (var (index, (reasoning, text)) in _splitters.Select(
            splitter => (splitter.Key, ThinkTags.End(splitter.Value))))
        {
            if (reasoning is not null || text is not null)
            {
                choices.Add(new ChatCompletionChunkChoice
                {
                    Index = index,
                    Delta = new ChatCompletionDelta { ReasoningContent = reasoning, Content = text },
                });
            }
        }

        if (choices.Count > 0)
        {
            return new ChatCompletionChunk { Choices = choices };
        }

        return null;
    }
}
