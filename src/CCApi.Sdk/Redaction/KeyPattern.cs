using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>
/// One form in which a key may appear in a text, which is compared after unescaping: the key itself, ignoring case, or its base64
/// encoding.
/// </summary>
internal sealed class KeyPattern
{
    // A key begins with its kind, such as "sk-proj-". A match of this many characters identifies the key.
    private const int IdentifyingLength = 16;
    private const int IdentifyingBase64Length = 20;

    // The length of one character that was escaped as JSON three times.
    private const int LongestEscape = 16;

    private readonly string _characters;
    private readonly int _identifyingLength;
    private readonly bool _hasEscapes;

    private KeyPattern(string characters, bool isBase64)
    {
        IsBase64 = isBase64;
        _characters = isBase64 ? characters : Lower(characters);
        _hasEscapes = characters.Any(EscapedText.IsEscape);
        _identifyingLength = Math.Min(characters.Length, isBase64 ? IdentifyingBase64Length : IdentifyingLength);
    }

    public bool IsBase64 { get; }

    /// <summary>The characters that a match can begin with, unescaped.</summary>
    public IEnumerable<char> Starts
    {
        get
        {
            var first = _characters[0];
            yield return first;
            yield return IsBase64 ? UrlSafe(first) : char.ToUpperInvariant(first);
        }
    }

    /// <summary>Creates the forms of a key: the key, and its three base64 encodings.</summary>
    public static IEnumerable<KeyPattern> Of(string key)
    {
        yield return new KeyPattern(key, isBase64: false);

        // Base64 encodes three bytes together, so the encoding of the key depends on the number of bytes before it.
        for (var bytesBefore = 0; bytesBefore < 3; bytesBefore++)
        {
            var text = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('x', bytesBefore) + key));

            // A base64 character encodes six bits. Those at both ends of the key may also encode bits of the bytes around it, which
            // are not known: the pattern consists of the characters between them.
            var first = ((8 * bytesBefore) + 5) / 6;
            var end = 8 * (bytesBefore + key.Length) / 6;
            yield return new KeyPattern(text.Substring(first, end - first), isBase64: true);
        }
    }

    /// <summary>Whether a character belongs to base64, in the standard or the URL-safe alphabet.</summary>
    public static bool IsBase64Character(char character) =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '+' or '/' or '-' or '_' or '=';

    /// <summary>
    /// Returns where a match of the key ends; -1 when the key does not begin at this position. A prefix that is long enough to
    /// identify the key is a match.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The position at which the key may begin.</param>
    /// <param name="isCut">Whether the text was cut at its end, so that any prefix of the key is a match there.</param>
    public int Match(string text, int start, bool isCut)
    {
        var end = Match(text, start, isCut, isRawFirst: false);

        // "%25" in the text may be an escaped "%", or three characters of a key that contains "%25".
        if (_hasEscapes)
        {
            return Math.Max(end, Match(text, start, isCut, isRawFirst: true));
        }

        return end;
    }

    private int Match(string text, int start, bool isCut, bool isRawFirst)
    {
        var position = start;
        for (var i = 0; i < _characters.Length; i++)
        {
            if (position >= text.Length)
            {
                if (i >= (isCut ? 1 : _identifyingLength))
                {
                    return position;
                }

                return -1;
            }

            var next = Next(text, position, _characters[i], isRawFirst);
            if (next >= 0)
            {
                position = next;
                continue;
            }

            // The text may have been cut within an escaped character of the key.
            var mayBeCut = isCut
                && i > 0
                && text.Length - position < LongestEscape;
            if (mayBeCut && (EscapedText.IsEscape(text[position]) || EscapedText.IsEscape(text[position - 1])))
            {
                return text.Length;
            }

            return i >= _identifyingLength ? position : -1;
        }

        return position;
    }

    /// <summary>Returns where the character at a position ends, escaped or not; -1 when it is not the expected one.</summary>
    private int Next(string text, int position, char expected, bool isRawFirst)
    {
        var isEscape = EscapedText.IsEscape(text[position]);
        if (!isEscape)
        {
            if (Canonical(text[position]) == expected)
            {
                return position + 1;
            }

            return -1;
        }

        for (var i = 0; i <= EscapedText.MaxLevel; i++)
        {
            var next = position;
            var character = EscapedText.Read(text, isRawFirst ? i : EscapedText.MaxLevel - i, ref next);
            if (Canonical(character) == expected)
            {
                return next;
            }
        }

        return -1;
    }

    private char Canonical(char character)
    {
        if (!IsBase64)
        {
            if (character is >= 'A' and <= 'Z')
            {
                return (char)(character | 0x20);
            }

            return character;
        }

        return character switch
        {
            '-' => '+',
            '_' => '/',
            _ => character,
        };
    }

    private static char UrlSafe(char character) => character switch
    {
        '+' => '-',
        '/' => '_',
        _ => character,
    };

    private static string Lower(string key)
    {
        var lower = key.ToCharArray();
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] = char.ToLowerInvariant(lower[i]);
        }

        return new string(lower);
    }
}
