using System;

namespace CCApi.Sdk;

/// <summary>
/// The reasoning of a stream whose gateway puts it into more than one member (observed), often the same text into each, in chunks
/// of their own: what one member repeats of another is given once.
/// </summary>
/// <remarks>Each character is compared once, so that the cost grows with what was sent.</remarks>
internal sealed class ReasoningText
{
    private const int Places = 4;
    private const int Another = -1;

    private readonly int[] _positions = new int[Places];
    private ReasoningPlace _first;
    private char[] _text;
    private int _length;

    /// <param name="first">The only member so far.</param>
    /// <param name="text">The text that it had.</param>
    public ReasoningText(ReasoningPlace first, string text)
    {
        _first = first;
        _text = text.ToCharArray();
        _length = text.Length;
        _positions[(int)first] = text.Length;
    }

    /// <summary>Adds a piece of a member; returns what is new in it, or null.</summary>
    public string? Add(ReasoningPlace place, string piece)
    {
        var position = _positions[(int)place];
        if (position == Another)
        {
            return null;
        }

        var repeated = LengthRepeated(position, piece);
        var isOneText = repeated == Math.Min(piece.Length, _length - position);
        if (!isOneText && place > _first)
        {
            // A summary, for example, beside the text.
            _positions[(int)place] = Another;
            return null;
        }

        if (!isOneText)
        {
            Restart(position + repeated);
        }

        _first = place < _first ? place : _first;
        Append(piece, repeated);
        _positions[(int)place] = position + piece.Length;
        if (repeated < piece.Length)
        {
            return piece.Substring(repeated);
        }

        return null;
    }

    private int LengthRepeated(int position, string piece)
    {
        var known = _text.AsSpan(position, _length - position);
        var length = Math.Min(known.Length, piece.Length);

        for (var i = 0; i < length; i++)
        {
            if (known[i] != piece[i])
            {
                return i;
            }
        }

        return length;
    }

    /// <summary>Goes on with the text of a member that the response prefers: those that went further have another.</summary>
    private void Restart(int length)
    {
        _length = length;
        for (var i = 0; i < Places; i++)
        {
            if (_positions[i] > length)
            {
                _positions[i] = Another;
            }
        }
    }

    private void Append(string piece, int start)
    {
        var added = piece.Length - start;
        if (_text.Length < _length + added)
        {
            Array.Resize(ref _text, Math.Max(_length + added, _text.Length * 2));
        }

        piece.CopyTo(start, _text, _length, added);
        _length += added;
    }
}
