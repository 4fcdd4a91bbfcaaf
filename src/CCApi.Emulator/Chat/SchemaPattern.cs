using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>
/// Matches the regular expressions of schemas, and writes texts that match one. What it writes follows the expression; whether
/// it really matches (lookaround, word boundaries) is left to the caller, who tries several.
/// </summary>
internal sealed class SchemaPattern
{
    private const string Others = "a0Az9-_.! ";
    private const int MaxRepeats = 1000;
    private const int MaxKept = 256;
    private const int MaxOfRange = 64;

    private static readonly string[] _lookarounds = ["=", "!", "<=", "<!"];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(0.1);
    private static readonly ConcurrentDictionary<string, Regex?> _parsed = new(StringComparer.Ordinal);

    private readonly string _pattern;
    private readonly int _repeats;
    private readonly List<string> _groups = [];
    private int _at;
    private int _variant;

    private SchemaPattern(string pattern, int repeats, int variant)
    {
        _pattern = pattern;
        _repeats = repeats;
        _variant = variant;
    }

    /// <summary>Whether an expression matches somewhere in a text; null when it is not an expression that this machine knows.</summary>
    public static bool? IsMatch(string pattern, string text)
    {
        if (_parsed.Count > MaxKept)
        {
            _parsed.Clear();
        }

        try
        {
            return _parsed.GetOrAdd(pattern, Parse)?.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Texts for an expression, the shortest first. Open repetitions are extended up to a length.</summary>
    public static IEnumerable<string> Texts(string pattern, int length)
    {
        int[] repeats = [0, 1, 2, 3, 5, 8, 16, 32, 64, length];
        foreach (var count in repeats.Distinct())
        {
            for (var variant = 0; variant < 4; variant++)
            {
                yield return new SchemaPattern(pattern, count, variant).Write();
            }
        }

        for (var variant = 4; variant < 64; variant++)
        {
            yield return new SchemaPattern(pattern, 1, variant).Write();
        }
    }

    private static Regex? Parse(string pattern)
    {
        // The long names of ECMAScript, which .NET does not know.
        var known = pattern
            .Replace(@"\p{Letter}", @"\p{L}", StringComparison.Ordinal)
            .Replace(@"\p{Lowercase_Letter}", @"\p{Ll}", StringComparison.Ordinal)
            .Replace(@"\p{Uppercase_Letter}", @"\p{Lu}", StringComparison.Ordinal)
            .Replace(@"\p{digit}", @"\p{Nd}", StringComparison.Ordinal);

        try
        {
            return new Regex(known, RegexOptions.CultureInvariant, _patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private string Write()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length)
        {
            text.Append(Alternatives());

            // A parenthesis that closes nothing.
            _at++;
        }

        return text.ToString();
    }

    /// <summary>One of the alternatives up to the end of the group.</summary>
    private string Alternatives()
    {
        var texts = new List<string> { Sequence() };
        while (_at < _pattern.Length && _pattern[_at] == '|')
        {
            _at++;
            texts.Add(Sequence());
        }

        return texts[_variant % texts.Count];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            text.Append(Repeated());
        }

        return text.ToString();
    }

    private string Repeated()
    {
        var start = _at;
        var text = new StringBuilder(Atom());
        var (least, most) = Quantifier();
        var end = _at;
        var count = Math.Clamp(_repeats, least, Math.Min(most, Math.Max(least, MaxRepeats)));
        if (count == 0)
        {
            return string.Empty;
        }

        for (var i = 1; i < count; i++)
        {
            _at = start;
            text.Append(Atom());
        }

        _at = end;

        return text.ToString();
    }

    private (int Least, int Most) Quantifier()
    {
        if (_at >= _pattern.Length)
        {
            return (1, 1);
        }

        var bounds = _pattern[_at] switch
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

        if (_pattern[_at] == '{')
        {
            _at = _pattern.IndexOf('}', _at);
        }

        _at++;
        Skip('?'); // lazy

        return bounds.Value;
    }

    private (int Least, int Most)? Braces()
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0)
        {
            return null;
        }

        var parts = _pattern[(_at + 1)..end].Split(',');
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

    private string Atom()
    {
        var character = _pattern[_at++];
        switch (character)
        {
            case '^' or '$':
                return string.Empty;
            case '.':
                return Others[_variant++ % Others.Length].ToString();
            case '(':
                return Group();
            case '[':
                return Class();
            case '\\':
                return Escape();
            default:
                var isPair = char.IsHighSurrogate(character) && _at < _pattern.Length;
                if (isPair)
                {
                    return $"{character}{_pattern[_at++]}";
                }

                return character.ToString();
        }
    }

    private string Group()
    {
        var isCounted = true;
        var isLookaround = false;
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            var rest = _pattern[(_at + 1)..];
            isLookaround = Array.Exists(_lookarounds, sign => rest.StartsWith(sign, StringComparison.Ordinal));
            isCounted = rest.StartsWith('<') && !isLookaround;
            _at += LengthOfGroupKind(rest, isNamed: isCounted);
        }

        var number = _groups.Count;
        if (isCounted)
        {
            _groups.Add(string.Empty);
        }

        var text = Alternatives();
        _at++;
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

    private string Class()
    {
        var isNegated = Skip('^');
        var characters = new List<string>();

        while (_at < _pattern.Length && _pattern[_at] != ']')
        {
            var first = ClassAtom();
            var isRange = _at + 1 < _pattern.Length
                && _pattern[_at] == '-'
                && _pattern[_at + 1] != ']';
            if (!isRange || first.Length != 1)
            {
                characters.Add(first);
                continue;
            }

            _at++;
            var last = ClassAtom();
            var count = 1;
            var isWritable = last.Length == 1 && last[0] >= first[0];
            if (isWritable)
            {
                count = Math.Min(last[0] - first[0] + 1, MaxOfRange);
            }

            characters.AddRange(Enumerable.Range(first[0], count).Select(code => ((char)code).ToString()));
        }

        _at++;
        var allowed = characters;
        if (isNegated)
        {
            allowed = Others.Select(other => other.ToString()).Except(characters).ToList();
        }

        if (allowed.Count == 0)
        {
            return string.Empty;
        }

        return allowed[_variant++ % allowed.Count];
    }

    private string ClassAtom()
    {
        var character = _pattern[_at++];
        var isBackspace = character == '\\'
            && _at < _pattern.Length
            && _pattern[_at] == 'b';
        if (character == '\\' && !isBackspace)
        {
            return Escape();
        }

        return character.ToString();
    }

    private string Escape()
    {
        if (_at >= _pattern.Length)
        {
            return string.Empty;
        }

        var character = _pattern[_at++];

        return character switch
        {
            'd' => ((char)('0' + (_variant++ % 10))).ToString(),
            'w' => ((char)('a' + (_variant++ % 26))).ToString(),
            'D' or 'S' => ((char)('a' + (_variant++ % 26))).ToString(),
            's' => " ",
            'W' => "-",
            'b' or 'B' or 'A' or 'z' or 'Z' => string.Empty,
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'f' => "\f",
            'v' => "\v",
            '0' => "\0",
            'c' when _at < _pattern.Length => ((char)(_pattern[_at++] % 32)).ToString(),
            'x' => Code(digits: 2),
            'u' => Code(digits: 4),
            'p' or 'P' => Property(isNegated: character == 'P'),
            'k' => Named(),
            >= '1' and <= '9' => _groups.ElementAtOrDefault(character - '1') ?? string.Empty,
            _ => character.ToString(),
        };
    }

    private string Named()
    {
        var end = _pattern.IndexOf('>', _at);
        if (end >= 0)
        {
            _at = end + 1;
        }

        return _groups.LastOrDefault() ?? string.Empty;
    }

    private bool Skip(char character)
    {
        var isThere = _at < _pattern.Length && _pattern[_at] == character;
        if (isThere)
        {
            _at++;
        }

        return isThere;
    }

    private string Code(int digits)
    {
        var (start, end, next) = (_at, _at + digits, _at + digits);
        if (_at < _pattern.Length && _pattern[_at] == '{')
        {
            start = _at + 1;
            end = _pattern.IndexOf('}', _at);
            next = end + 1;
        }

        var isInside = end >= start && end <= _pattern.Length;
        if (!isInside)
        {
            return string.Empty;
        }

        var digitsOf = _pattern[start..end];
        if (!int.TryParse(digitsOf, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
        {
            return string.Empty;
        }

        _at = next;
        if (Rune.IsValid(code))
        {
            return new Rune(code).ToString();
        }

        return ((char)code).ToString();
    }

    /// <summary>The name in braces; empty for a property of one character.</summary>
    private string BracedName()
    {
        var end = -1;
        if (_at < _pattern.Length && _pattern[_at] == '{')
        {
            end = _pattern.IndexOf('}', _at);
        }

        if (end < 0)
        {
            _at++;
            return string.Empty;
        }

        var name = _pattern[(_at + 1)..end];
        _at = end + 1;

        return name;
    }

    private string Property(bool isNegated)
    {
        var name = BracedName();
        var text = name switch
        {
            "Lu" or "Uppercase_Letter" or "Uppercase" => "A",
            "N" or "Nd" or "digit" or "Number" or "Decimal_Number" => "1",
            "P" or "Po" or "Punctuation" => "!",
            "S" or "Sm" or "Symbol" => "+",
            "Z" or "Zs" or "Separator" => " ",
            _ => ((char)('a' + (_variant++ % 26))).ToString(),
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
}
