using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Puts the log probabilities of a choice together. It copies: the chunks belong to the caller.</summary>
internal sealed class LogprobsAssembler
{
    private readonly MergedMembers _unknown = new();
    private List<ChatTokenLogprob>? _content;
    private List<ChatTokenLogprob>? _refusal;
    private bool _hasAny;

    public void Add(ChatLogprobs? piece)
    {
        if (piece is null)
        {
            return;
        }

        _hasAny = true;
        _content = Concat(_content, piece.Content);
        _refusal = Concat(_refusal, piece.Refusal);
        _unknown.Add(piece.AdditionalProperties);
    }

    public ChatLogprobs? ToLogprobs()
    {
        if (!_hasAny)
        {
            return null;
        }

        return new ChatLogprobs
        {
            Content = _content?.ToArray(),
            Refusal = _refusal?.ToArray(),
            AdditionalProperties = _unknown.ToMembers(),
        };
    }

    private static List<ChatTokenLogprob>? Concat(
        List<ChatTokenLogprob>? own, IReadOnlyList<ChatTokenLogprob>? more)
    {
        if (more is null)
        {
            return own;
        }

        own ??= [];
        own.AddRange(more);

        return own;
    }
}
