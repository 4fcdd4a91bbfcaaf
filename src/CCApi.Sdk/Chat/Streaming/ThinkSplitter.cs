using System;

namespace CCApi.Sdk;

/// <summary>Separates thoughts that a model wrote between tags at the start of its text from the answer after them. Takes the text in pieces, cut anywhere.</summary>
internal sealed class ThinkSplitter
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    private string _held = "";
    private State _state;

    private enum State
    {
        Start,
        Thinking,
        AfterThinking,
        Answer,
    }

    /// <summary>Adds a piece; returns what is sure of each, or null.</summary>
    public (string? Thoughts, string? Answer) Add(string piece)
    {
        _held += piece;
        if (_state == State.Start)
        {
            Begin();
        }

        var thoughts = _state == State.Thinking ? TakeThoughts() : null;
        if (_state == State.AfterThinking)
        {
            _held = _held.TrimStart();
            _state = _held.Length > 0 ? State.Answer : State.AfterThinking;
        }

        return (thoughts, _state == State.Answer ? Take(_held.Length) : null);
    }

    /// <summary>What was held back, as nothing comes any more.</summary>
    public (string? Thoughts, string? Answer) End()
    {
        var rest = Take(_held.Length);
        return _state == State.Thinking ? (rest, null) : (null, rest);
    }

    /// <summary>Looks for the opening tag. White space before it is the model's, not the answer's.</summary>
    private void Begin()
    {
        var text = _held.TrimStart();
        if (text.StartsWith(Open, StringComparison.Ordinal))
        {
            _held = text.Substring(Open.Length);
            _state = State.Thinking;
            return;
        }

        _state = Open.StartsWith(text, StringComparison.Ordinal) ? State.Start : State.Answer;
    }

    private string? TakeThoughts()
    {
        var end = _held.IndexOf(Close, StringComparison.Ordinal);
        if (end < 0)
        {
            return Take(_held.Length - StartOfTagAtTheEnd());
        }

        var thoughts = Take(end);
        _held = _held.Substring(Close.Length);
        _state = State.AfterThinking;
        return thoughts;
    }

    /// <summary>How many letters at the end may be the start of the closing tag.</summary>
    private int StartOfTagAtTheEnd()
    {
        for (var length = Math.Min(Close.Length - 1, _held.Length); length > 0; length--)
        {
            if (string.CompareOrdinal(_held, _held.Length - length, Close, 0, length) == 0)
            {
                return length;
            }
        }

        return 0;
    }

    private string? Take(int length)
    {
        var taken = _held.Substring(0, length);
        _held = _held.Substring(length);
        return taken.Length > 0 ? taken : null;
    }
}
