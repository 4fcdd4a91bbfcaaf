using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Knows whether every choice of a stream that was seen has its finish reason.</summary>
internal sealed class FinishedChoices
{
    // Almost every stream has one choice, with the index 0.
    private bool _hasZero;
    private bool _isZeroFinished;
    private Dictionary<long, bool>? _others;
    private int _unfinished;

    public bool IsComplete => HasAny && _unfinished == 0;

    private bool HasAny => _hasZero || _others is not null;

    /// <summary>Adds a chunk; returns whether a choice has its finish reason now that had none.</summary>
    public bool Add(ChatCompletionChunk chunk)
    {
        var hasFinished = false;
        for (var i = 0; i < chunk.Choices?.Count; i++)
        {
            var choice = chunk.Choices[i];
            var index = choice.Index ?? 0;
            var isFinished = choice.FinishReason is { Value.Length: > 0 };
            if (index == 0)
            {
                _unfinished += Change(_hasZero, _isZeroFinished, isFinished);
                hasFinished |= isFinished && !_isZeroFinished;
                _hasZero = true;
                _isZeroFinished |= isFinished;
                continue;
            }

            _others ??= [];
            var isKnown = _others.TryGetValue(index, out var wasFinished);
            _unfinished += Change(isKnown, wasFinished, isFinished);
            _others[index] = wasFinished || isFinished;
            hasFinished |= isFinished && !wasFinished;
        }

        return hasFinished;
    }

    /// <summary>By how much the number of unfinished choices changes.</summary>
    private static int Change(bool isKnown, bool wasFinished, bool isFinished)
    {
        var wasUnfinished = isKnown && !wasFinished;
        var isUnfinished = !wasFinished && !isFinished;
        if (wasUnfinished == isUnfinished)
        {
            return 0;
        }

        return isUnfinished ? 1 : -1;
    }
}
