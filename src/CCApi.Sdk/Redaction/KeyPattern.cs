using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>One form in which a key may stand in a text, before any escapes: the key itself, in any case, or its base64 text.</summary>
internal sealed class KeyPattern
{
    // The first characters of a key are its kind ("sk-proj-"); from here on they identify it.
    private const int IdentifyingLength = 16;
    private const int IdentifyingBase64Length = 20;

    // A character that was escaped as JSON three times.
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

    /// <summary>The forms of a key. What base64 makes of it depends on how many bytes stand before it.</summary>
    public static IEnumerable<KeyPattern> Of(string key)
    {
        yield return new KeyPattern(key, isBase64: false);
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('x', before) + key));

            // A base64 character holds six bits. Those that also hold bits of what stands before or after the key are not known.
            var first = ((8 * before) + 5) / 6;
            var end = 8 * (before + key.Length) / 6;
            yield return new KeyPattern(text.Substring(first, end - first), isBase64: true);
        }
    }

    /// <summary>Whether a character of base64 in either alphabet.</summary>
    public static bool IsBase64Character(char character) =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '+' or '/' or '-' or '_' or '=';

    /// <summary>Where the key, or so much of its start that it identifies it, ends; -1 when it does not stand here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it may begin.</param>
    /// <param name="isCut">Whether the text was cut at its end, so that any start of the key counts there.</param>
    public int Match(string text, int start, bool isCut)
    {
        var end = Match(text, start, isCut, isRawFirst: false);

        // "%25" may be an escaped percent sign or, in the key itself, just that.
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

    /// <summary>Where the character ends that stands here, escaped or not; -1 when it is another one.</summary>
    private int Next(string text, int position, char expected, bool isRawFirst)
    {
        var isEscape = EscapedText.IsEscape(text[position]);
        if (!isEscape)
        {
            if (Normal(text[position]) == expected)
            {
                return position + 1;
            }

            return -1;
        }

        for (var i = 0; i <= EscapedText.MaxLevel; i++)
        {
            var next = position;
            var character = EscapedText.Read(text, isRawFirst ? i : EscapedText.MaxLevel - i, ref next);
            if (Normal(character) == expected)
            {
                return next;
            }
        }

        return -1;
    }

    private char Normal(char character)
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
