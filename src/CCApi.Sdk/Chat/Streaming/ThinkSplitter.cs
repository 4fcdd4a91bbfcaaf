using System;
using System.Text;

namespace CCApi.Sdk;

/// <summary>
/// Separates reasoning that a model wrote between tags at the start of its text from the text after it. Takes the text in pieces,
/// cut anywhere.
/// </summary>
internal sealed class ThinkSplitter
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    // All of the text until it is certain whether it begins with a tag. White space before one may be long.
    private readonly StringBuilder _start = new();
    private string _held = "";
    private State _state;

    private enum State
    {
        Start,
        Thinking,
        AfterThinking,
        Text,
    }

    /// <summary>Whether there was a tag, and no text after it so far.</summary>
    public bool IsWithoutText => _state is State.Thinking or State.AfterThinking;

    /// <summary>Adds a piece; returns what is certain of each, or null.</summary>
    public (string? Reasoning, string? Text) Add(string piece)
    {
        if (_state == State.Start)
        {
            Begin(piece);
        }
        else
        {
            _held += piece;
        }

        var reasoning = _state == State.Thinking ? TakeReasoning() : null;
        if (_state == State.AfterThinking)
        {
            _held = _held.TrimStart();
            if (_held.Length > 0)
            {
                _state = State.Text;
            }
        }

        var text = _state == State.Text ? Take(_held.Length) : null;

        return (reasoning, text);
    }

    /// <summary>What was held back, as nothing more arrives.</summary>
    public (string? Reasoning, string? Text) End()
    {
        if (_state == State.Start)
        {
            _held = _start.ToString();
        }

        var rest = Take(_held.Length);
        var isReasoning = _state == State.Thinking;
        _state = State.Text;

        return isReasoning ? (rest, null) : (null, rest);
    }

    /// <summary>Looks for the opening tag. White space before it belongs to neither side.</summary>
    private void Begin(string piece)
    {
        var held = _held + (_held.Length == 0 ? piece.TrimStart() : piece);
        _start.Append(piece);
        if (held.StartsWith(Open, StringComparison.Ordinal))
        {
            _held = held.Substring(Open.Length);
            _state = State.Thinking;
        }
        else if (Open.StartsWith(held, StringComparison.Ordinal))
        {
            _held = held;
        }
        else
        {
            _held = _start.ToString();
            _state = State.Text;
        }
    }

    private string? TakeReasoning()
    {
        var end = _held.IndexOf(Close, StringComparison.Ordinal);
        if (end < 0)
        {
            return Take(_held.Length - StartOfTagAtTheEnd());
        }

        var reasoning = Take(end);
        _held = _held.Substring(Close.Length);
        _state = State.AfterThinking;

        return reasoning;
    }

    /// <summary>How many characters at the end may be the start of the closing tag.</summary>
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
