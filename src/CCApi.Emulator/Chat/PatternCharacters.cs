using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>Chooses characters for the dots, classes and escapes of a regular expression.</summary>
/// <param name="cursor">The position in the expression.</param>
/// <param name="groups">What was written for the groups before.</param>
/// <param name="variant">Which characters are chosen.</param>
internal sealed class PatternCharacters(PatternCursor cursor, IReadOnlyList<string> groups, int variant)
{
    private const string Others = "a0Az9-_.! ";
    private const int MaxOfRange = 64;

    private int _variant = variant;

    /// <summary>Which of so many alternatives is chosen now.</summary>
    public int Current(int count) => _variant % count;

    /// <summary>Any character.</summary>
    public string Any() => Others[Choose(Others.Length)].ToString();

    /// <summary>One of the characters of a class, whose bracket has been read.</summary>
    public string Class()
    {
        var isNegated = cursor.Skip('^');
        var characters = new List<string>();

        while (!cursor.IsAtEnd && !cursor.IsAt(']'))
        {
            var first = ClassAtom();
            if (!cursor.IsAtRange || first.Length != 1)
            {
                characters.Add(first);
                continue;
            }

            cursor.Position++;
            var last = ClassAtom();
            var count = 1;
            var isWritable = last.Length == 1 && last[0] >= first[0];
            if (isWritable)
            {
                count = Math.Min(last[0] - first[0] + 1, MaxOfRange);
            }

            characters.AddRange(Enumerable.Range(first[0], count).Select(code => ((char)code).ToString()));
        }

        cursor.Position++;
        var allowed = characters;
        if (isNegated)
        {
            allowed = Others.Select(other => other.ToString()).Except(characters).ToList();
        }

        if (allowed.Count == 0)
        {
            return string.Empty;
        }

        return allowed[Choose(allowed.Count)];
    }

    /// <summary>What an escape stands for, whose backslash has been read.</summary>
    public string Escape()
    {
        if (cursor.IsAtEnd)
        {
            return string.Empty;
        }

        var character = cursor.Read();

        return character switch
        {
            'd' => ((char)('0' + Choose(10))).ToString(),
            'w' => ((char)('a' + Choose(26))).ToString(),
            'D' or 'S' => ((char)('a' + Choose(26))).ToString(),
            's' => " ",
            'W' => "-",
            'b' or 'B' or 'A' or 'z' or 'Z' => string.Empty,
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'f' => "\f",
            'v' => "\v",
            '0' => "\0",
            'c' when !cursor.IsAtEnd => ((char)(cursor.Read() % 32)).ToString(),
            'x' => cursor.Code(digits: 2),
            'u' => cursor.Code(digits: 4),
            'p' or 'P' => Property(isNegated: character == 'P'),
            'k' => Named(),
            >= '1' and <= '9' => groups.ElementAtOrDefault(character - '1') ?? string.Empty,
            _ => character.ToString(),
        };
    }

    private string ClassAtom()
    {
        var character = cursor.Read();
        var isBackspace = character == '\\' && cursor.IsAt('b');
        if (character == '\\' && !isBackspace)
        {
            return Escape();
        }

        return character.ToString();
    }

    private string Named()
    {
        cursor.SkipGroupName();
        return groups.Count == 0 ? string.Empty : groups[^1];
    }

    private string Property(bool isNegated)
    {
        var name = cursor.BracedName();
        var text = name switch
        {
            "Lu" or "Uppercase_Letter" or "Uppercase" => "A",
            "N" or "Nd" or "digit" or "Number" or "Decimal_Number" => "1",
            "P" or "Po" or "Punctuation" => "!",
            "S" or "Sm" or "Symbol" => "+",
            "Z" or "Zs" or "Separator" => " ",
            _ => ((char)('a' + Choose(26))).ToString(),
        };

        if (!isNegated)
        {
            return text;
        }

        if (text == "1")
        {
            return "a";
        }

        return "1";
    }

    private int Choose(int count) => _variant++ % count;
}
