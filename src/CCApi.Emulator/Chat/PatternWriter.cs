using System;
using System.Collections.Generic;
using System.Text;

namespace CCApi.Emulator;

/// <summary>Writes one text that follows a regular expression: its alternatives, groups and repetitions.</summary>
internal sealed class PatternWriter
{
    private const int MaxRepeats = 1000;

    private static readonly string[] _lookarounds = ["=", "!", "<=", "<!"];

    private readonly List<string> _groups = [];
    private readonly PatternCursor _cursor;
    private readonly PatternCharacters _characters;
    private readonly int _repeats;

    /// <param name="pattern">The expression.</param>
    /// <param name="repeats">How often an atom is repeated, within its quantifier.</param>
    /// <param name="variant">Which alternatives and characters are chosen.</param>
    public PatternWriter(string pattern, int repeats, int variant)
    {
        _cursor = new PatternCursor(pattern);
        _characters = new PatternCharacters(_cursor, _groups, variant);
        _repeats = repeats;
    }

    public string Write()
    {
        var text = new StringBuilder();
        while (!_cursor.IsAtEnd)
        {
            text.Append(Alternatives());

            // A parenthesis that closes nothing.
            _cursor.Position++;
        }

        return text.ToString();
    }

    /// <summary>One of the alternatives up to the end of the group.</summary>
    private string Alternatives()
    {
        var texts = new List<string> { Sequence() };
        while (_cursor.IsAt('|'))
        {
            _cursor.Position++;
            texts.Add(Sequence());
        }

        return texts[_characters.Current(texts.Count)];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (!_cursor.IsAtEnd && !_cursor.IsAt('|') && !_cursor.IsAt(')'))
        {
            text.Append(Repeated());
        }

        return text.ToString();
    }

    private string Repeated()
    {
        var start = _cursor.Position;
        var text = new StringBuilder(Atom());
        var (least, most) = _cursor.Quantifier();
        var end = _cursor.Position;
        var count = Math.Clamp(_repeats, least, Math.Min(most, Math.Max(least, MaxRepeats)));
        if (count == 0)
        {
            return string.Empty;
        }

        for (var i = 1; i < count; i++)
        {
            _cursor.Position = start;
            text.Append(Atom());
        }

        _cursor.Position = end;

        return text.ToString();
    }

    private string Atom()
    {
        var character = _cursor.Read();
        switch (character)
        {
            case '^' or '$':
                return string.Empty;
            case '.':
                return _characters.Any();
            case '(':
                return Group();
            case '[':
                return _characters.Class();
            case '\\':
                return _characters.Escape();
            default:
                var isPair = char.IsHighSurrogate(character) && !_cursor.IsAtEnd;
                if (isPair)
                {
                    return $"{character}{_cursor.Read()}";
                }

                return character.ToString();
        }
    }

    private string Group()
    {
        var isCounted = true;
        var isLookaround = false;
        if (_cursor.IsAt('?'))
        {
            var rest = _cursor.Rest[1..];
            isLookaround = Array.Exists(_lookarounds, sign => rest.StartsWith(sign, StringComparison.Ordinal));
            isCounted = rest.StartsWith('<') && !isLookaround;
            _cursor.Position += LengthOfGroupKind(rest, isNamed: isCounted);
        }

        var number = _groups.Count;
        if (isCounted)
        {
            _groups.Add(string.Empty);
        }

        var text = Alternatives();
        _cursor.Position++;
        if (isCounted)
        {
            _groups[number] = text;
        }

        return isLookaround ? string.Empty : text;
    }

    /// <summary>How long the marks behind the parenthesis are: <c>?:</c>, <c>?&lt;=</c>, <c>?&lt;name&gt;</c>.</summary>
    private static int LengthOfGroupKind(string rest, bool isNamed)
    {
        if (isNamed)
        {
            return rest.IndexOf('>', StringComparison.Ordinal) + 2;
        }

        return rest.StartsWith('<') ? 3 : 2;
    }
}
