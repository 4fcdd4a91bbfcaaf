using System;

namespace CCApi.Sdk;

/// <summary>Recognizes what gateways send only to keep a connection open, where they do not use a comment for it (observed).</summary>
internal static class Heartbeat
{
    /// <summary>The longest heartbeat that is not a comment; "ping - 2026-11-26 13:28:14.123456+00:00" has 39 characters.</summary>
    public const int LongestLine = 64;

    private static readonly string[] _words = ["ping", "pong", "keepalive", "heartbeat", "noop", "openrouterprocessing"];

    /// <summary>Whether a line is a comment, or one of the words in any spelling, with nothing but a time after it.</summary>
    public static bool IsLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line.Length > LongestLine)
        {
            return !line.IsEmpty && line[0] == (byte)':';
        }

        return line[0] == (byte)':' || StartsWithWord(line);
    }

    /// <summary>Whether a line may be the start of one of the words.</summary>
    public static bool MayBeCut(ReadOnlySpan<byte> line)
    {
        foreach (var word in line.Length <= LongestLine ? _words : [])
        {
            if (IsStartOf(line, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text is one of the words in any spelling.</summary>
    public static bool IsWord(string? text)
    {
        if (text is not { Length: <= LongestLine })
        {
            return false;
        }

        Span<byte> characters = stackalloc byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            characters[i] = (byte)Math.Min(text[i], '\x7F');
        }

        foreach (var word in _words)
        {
            if (IsSpellingOf(characters, word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWithWord(ReadOnlySpan<byte> line)
    {
        foreach (var word in _words)
        {
            if (StartsWith(line, word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWith(ReadOnlySpan<byte> line, string word)
    {
        var found = 0;
        foreach (var value in line)
        {
            var character = AsciiText.ToLower(value);
            if (found < word.Length)
            {
                if (character == word[found])
                {
                    found++;
                }
                else if (!IsPunctuation(character))
                {
                    return false;
                }
            }
            else if (!MayFollow(character))
            {
                return false;
            }
        }

        return found == word.Length;
    }

    /// <summary>Whether a line may be the start of a word.</summary>
    public static bool IsStartOf(ReadOnlySpan<byte> line, string word)
    {
        var found = 0;
        foreach (var value in line)
        {
            var character = AsciiText.ToLower(value);
            var isNext = found < word.Length && character == word[found];
            if (!isNext && !IsPunctuation(character))
            {
                return false;
            }

            found += isNext ? 1 : 0;
        }

        return found > 0;
    }

    /// <summary>Whether a text is a word with nothing but punctuation around and inside it.</summary>
    public static bool IsSpellingOf(ReadOnlySpan<byte> text, string word)
    {
        var found = 0;
        foreach (var value in text)
        {
            var isNext = found < word.Length && AsciiText.ToLower(value) == word[found];
            if (!isNext && !IsPunctuation(value))
            {
                return false;
            }

            if (isNext)
            {
                found++;
            }
        }

        return found == word.Length;
    }

    /// <summary>Whether a character may follow the word: those of a time may, as in <c>ping - 2026-01-01T00:00:00Z</c>.</summary>
    private static bool MayFollow(int character) => character switch
    {
        't' or 'z' => true,
        _ => character is not ((>= 'a' and <= '{') or '}'),
    };

    private static bool IsPunctuation(int character) =>
        character is ' ' or '-' or '_' or '.' or '"' or '\'' or '[' or ']' or '(' or ')' or '<' or '>' or '*';
}
