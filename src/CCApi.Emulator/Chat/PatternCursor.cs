using System;
using System.Globalization;
using System.Text;

namespace CCApi.Emulator;

/// <summary>A position in a regular expression, and the parts that are read from there.</summary>
internal sealed class PatternCursor(string pattern)
{
    public int Position { get; set; }

    public bool IsAtEnd => Position >= pattern.Length;

    /// <summary>What is still to be read.</summary>
    public string Rest => pattern[Position..];

    public bool IsAt(char character) => !IsAtEnd && pattern[Position] == character;

    /// <summary>Whether the next character begins a range of a class.</summary>
    public bool IsAtRange => Position + 1 < pattern.Length && pattern[Position] == '-' && pattern[Position + 1] != ']';

    public char Read() => pattern[Position++];

    /// <summary>Reads a character if it is the next one.</summary>
    public bool Skip(char character)
    {
        var isThere = IsAt(character);
        if (isThere)
        {
            Position++;
        }

        return isThere;
    }

    /// <summary>Reads how often the atom before may be repeated: once, without a quantifier.</summary>
    public (int Least, int Most) Quantifier()
    {
        if (IsAtEnd)
        {
            return (1, 1);
        }

        var bounds = pattern[Position] switch
        {
            '*' => (0, int.MaxValue),
            '+' => (1, int.MaxValue),
            '?' => (0, 1),
            '{' => Braces(),
            _ => ((int, int)?)null,
        };

        if (bounds is null)
        {
            return (1, 1);
        }

        if (pattern[Position] == '{')
        {
            Position = pattern.IndexOf('}', Position);
        }

        Position++;
        Skip('?'); // lazy

        return bounds.Value;
    }

    /// <summary>Reads the number of a character, of so many digits or in braces; empty when it is not a number.</summary>
    public string Code(int digits)
    {
        var (start, end, next) = (Position, Position + digits, Position + digits);
        if (IsAt('{'))
        {
            start = Position + 1;
            end = pattern.IndexOf('}', Position);
            next = end + 1;
        }

        var isInside = end >= start && end <= pattern.Length;
        if (!isInside)
        {
            return string.Empty;
        }

        var digitsOf = pattern[start..end];
        if (!int.TryParse(digitsOf, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
        {
            return string.Empty;
        }

        Position = next;
        if (Rune.IsValid(code))
        {
            return new Rune(code).ToString();
        }

        return ((char)code).ToString();
    }

    /// <summary>Reads the name in braces; empty for a property of one character.</summary>
    public string BracedName()
    {
        var end = -1;
        if (IsAt('{'))
        {
            end = pattern.IndexOf('}', Position);
        }

        if (end < 0)
        {
            Position++;
            return string.Empty;
        }

        var name = pattern[(Position + 1)..end];
        Position = end + 1;

        return name;
    }

    /// <summary>Reads the name in angle brackets of a reference to a group.</summary>
    public void SkipGroupName()
    {
        var end = pattern.IndexOf('>', Position);
        if (end >= 0)
        {
            Position = end + 1;
        }
    }

    private (int Least, int Most)? Braces()
    {
        var end = pattern.IndexOf('}', Position);
        if (end < 0)
        {
            return null;
        }

        var parts = pattern[(Position + 1)..end].Split(',');
        var isBounds = parts.Length is 1 or 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!isBounds)
        {
            return null;
        }

        var least = int.Parse(parts[0], CultureInfo.InvariantCulture);
        if (parts.Length == 1)
        {
            return (least, least);
        }

        if (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var most))
        {
            return (least, Math.Max(least, most));
        }

        return (least, int.MaxValue);
    }
}
