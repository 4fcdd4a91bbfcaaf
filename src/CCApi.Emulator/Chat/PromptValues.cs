using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>
/// The numbers, names, places, quoted texts and lists of a prompt, handed out to the members of a schema: first to those whose
/// name stands beside a value, then in order. A place in the response keeps what it was given.
/// </summary>
internal sealed partial class PromptValues
{
    /// <summary>How many words around a number may name it.</summary>
    private const int Reach = 2;

    /// <summary>How many words before a number are read to find one that is not a filler; all of them would take quadratic time.</summary>
    private const int MaxFillers = 20;

    private static readonly HashSet<string> _locationWords =
        new(StringComparer.Ordinal)
        {
            "city", "location", "place", "country", "town", "destination", "origin", "from", "to", "region", "departure", "arrival",
            "source", "target", "language", "restaurant", "hotel", "venue", "airport", "currency", "symbol", "ticker",
        };

    private static readonly HashSet<string> _fromWords = new(StringComparer.Ordinal) { "from", "origin", "source", "departure", "start" };

    private static readonly HashSet<string> _toWords = new(StringComparer.Ordinal) { "to", "destination", "target", "arrival", "end" };

    private static readonly HashSet<string> _addressWords = new(StringComparer.Ordinal)
    {
        "email", "mail", "address", "recipient", "sender", "to", "from", "cc",
    };

    private static readonly HashSet<string> _dateWords = new(StringComparer.Ordinal)
    {
        "date", "day", "deadline", "due", "birthday", "birthdate", "departure", "arrival", "checkin", "checkout",
    };

    private static readonly HashSet<string> _negations = new(StringComparer.Ordinal)
    {
        "off", "disable", "disabled", "without", "not", "never", "don", "doesn", "false",
    };

    private static readonly HashSet<string> _nameWords = new(StringComparer.Ordinal)
    {
        "name", "person", "user", "customer", "author", "owner", "employee", "student", "patient", "player", "shopper",
    };

    private static readonly HashSet<string> _fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "of", "in", "at", "for", "to", "on", "is", "and", "or", "with", "by", "from", "that", "this", "do", "does",
        "did", "should", "will", "it", "as", "has", "have", "was", "were", "are", "be", "can", "which", "who", "what", "about",
    };

    private static readonly HashSet<string> _openings = new(StringComparer.OrdinalIgnoreCase)
    {
        "add", "ask", "book", "call", "cancel", "create", "describe", "email", "explain", "find", "for", "from", "get", "give",
        "greet", "hello", "help", "hi", "invite", "is", "list", "mail", "make", "meet", "message", "name", "order", "phone", "plan",
        "please", "remind", "say", "schedule", "search", "send", "show", "tell", "thank", "the", "update", "was", "what", "when", "where",
        "which", "who", "why", "write", "how", "does", "did", "can", "may", "in", "at", "on", "with", "and", "or",
    };

    private readonly PromptWords _words;
    private readonly List<Found> _numbers;
    private readonly List<Found> _texts;
    private readonly List<Found> _locations;
    private readonly List<Found> _codes;
    private readonly List<Found> _names;
    private readonly List<Found> _dates;
    private readonly List<Found> _times;
    private readonly Dictionary<string, Found> _given = new(StringComparer.Ordinal);

    public PromptValues(string prompt)
    {
        Prompt = prompt;
        _words = new PromptWords(prompt);
        Topic = ChatWriter.Topic(prompt);
        _dates = [.. PromptDates.In(prompt).Select(date => new Found(date.Value, date.Index))];
        _times = [.. PromptDates.TimesIn(prompt).Select(time => new Found(time.Value, time.Index))];
        _numbers = [.. NumberText.In(PromptDates.Without(prompt)).Select(number => new Found(number.Value, number.Index))];
        if (_numbers.Count == 0)
        {
            _numbers = NumberWords.In(prompt).Select(number => new Found(number.Digits, number.Index)).ToList();
        }

        _codes = Find(Code(), prompt);
        _texts = Find(Quoted(), prompt);
        _locations = [.. Find(Location(), prompt), .. Find(EastAsianLocation(), prompt)];
        _names = Find(Capitalized(), prompt).ConvertAll(WithoutOpening);
        Listed = [.. Enumeration().Match(prompt).Groups["item"].Captures.Select(item => item.Value)];
    }

    public string Prompt { get; }

    /// <summary>The words of the prompt, comparable with those of names.</summary>
    public IReadOnlyList<string> Words => _words.All;

    /// <summary>What the prompt is about.</summary>
    public string Topic { get; }

    /// <summary>The items of the first list in the prompt: three or more words with commas and a conjunction.</summary>
    public IReadOnlyList<string> Listed { get; }

    /// <summary>How many numbers it has.</summary>
    public int NumberCount => _numbers.Count;

    /// <summary>
    /// Gives numbers to those of the members whose names stand beside one: all before their numbers (<c>quantity 3</c>) or all
    /// after them (<c>3 pieces</c>), whichever names more, then the others. A text takes the number that its name stands directly
    /// before (<c>id 42</c>), if that leaves enough for the numbers.
    /// </summary>
    public void ClaimNumbers(
        IReadOnlyList<(string Path, string Name)> members, IReadOnlyList<(string Path, string Name)> texts)
    {
        SplitCommas(members.Count);
        var spare = _numbers.Count(number => !number.IsTaken) - members.Count;
        var before = Named(members, isBefore: true);
        before.AddRange(NamedTexts(texts, before).Take(int.Max(spare, 0)));
        var after = Named(members, isBefore: false);
        var (first, second) = after.Count >= before.Count ? (after, before) : (before, after);
        foreach (var (path, number) in first.Concat(second))
        {
            var isFree = !number.IsTaken && !_given.ContainsKey(path);
            if (isFree)
            {
                Give(path, number);
            }
        }
    }

    /// <summary>
    /// Prepares for another document from the same prompt: it gets the values that are left, or all of a kind again when none are.
    /// </summary>
    public void StartNext()
    {
        foreach (var values in new[] { _numbers, _texts, _locations, _codes, _names, _dates, _times })
        {
            var areAllTaken = values.TrueForAll(value => value.IsTaken);
            foreach (var value in values.Where(value => value.IsTaken))
            {
                value.Retire(areAllTaken);
            }
        }

        _given.Clear();
    }

    /// <summary>The first number, for places that get none of their own; null without any.</summary>
    public double? FirstNumber => _numbers.Count > 0 ? NumberText.Parse(_numbers[0].Value) : null;

    /// <summary>The number for a place: the one that it was given, or the next one; null when all are taken.</summary>
    public double? Number(string path)
    {
        if (Take(_numbers, path) is { } found)
        {
            return NumberText.Parse(found.Value);
        }

        return null;
    }

    /// <summary>All numbers that nobody was given, for a list.</summary>
    public IReadOnlyList<double> Numbers(string path)
    {
        SplitCommas(2);
        var free = _numbers.Where(number => !number.IsTaken || number.Path == path).ToList();
        free.ForEach(number => number.Take(path));

        return [.. free.Select(number => NumberText.Parse(number.Value))];
    }

    /// <summary>The text for a member: a place, a quoted text, a name or what follows its own name; null when there is none.</summary>
    public string? Text(string path, string name)
    {
        if (_given.TryGetValue(path, out var given))
        {
            return given.Value;
        }

        var words = NameWords.Of(name);
        if (OfMeasure(path, words) is { } measure)
        {
            return measure;
        }

        var isLocation = words.Any(_locationWords.Contains);
        var isName = words.Any(_nameWords.Contains);
        if (words.Any(_addressWords.Contains) && OfFormat("email") is { } address)
        {
            return address;
        }

        var found = isLocation ? TakeLocation(path, words) : null;
        found ??= Take(_texts, path);
        found ??= isName ? Take(_names, path) : null;

        return found?.Value ?? AfterName(name, words);
    }

    /// <summary>The date, the time or the unit for a member of such a name; null for others, and when there is none.</summary>
    private string? OfMeasure(string path, IReadOnlyList<string> words)
    {
        if (words.Contains("unit"))
        {
            return words.Any(_toWords.Contains) ? PromptUnits.Target(Prompt) : PromptUnits.OfNumber(Prompt);
        }

        var found = words.Contains("time") ? Take(_times, path) : null;
        found ??= words.Any(_dateWords.Contains) ? Take(_dates, path) : null;

        return found?.Value;
    }

    /// <summary>Whether a member is true: unless the prompt negates something, as in <c>turn off</c>, and the name does not.</summary>
    public bool Flag(string name) => !Words.Any(_negations.Contains) || NameWords.Of(name).Any(_negations.Contains);

    /// <summary>The text for members that get none of their own: the first place or quoted text, else the topic.</summary>
    public string AnyText(string name)
    {
        var isLocation = NameWords.Of(name).Any(_locationWords.Contains);
        var found = isLocation ? _locations.FirstOrDefault() : null;

        return (found ?? _texts.FirstOrDefault())?.Value ?? Topic;
    }

    /// <summary>A text of the prompt that has a form, such as an address or a date; null when there is none.</summary>
    public string? OfFormat(string? format)
    {
        if (format == "date")
        {
            return _dates.FirstOrDefault()?.Value;
        }

        var pattern = format switch
        {
            "email" or "idn-email" => Email(),
            "uri" or "iri" or "uri-reference" or "iri-reference" => Link(),
            "uuid" => Uuid(),
            "date-time" => Instant(),
            _ => null,
        };

        if (pattern?.Match(Prompt) is { Success: true } match)
        {
            return match.Value;
        }

        return null;
    }

    /// <summary>Takes a number such as <c>3,5</c> for two, where it is the only one and more are needed.</summary>
    private void SplitCommas(int needed)
    {
        if (needed < 2 || _numbers is not [{ IsTaken: false } only] || NumberText.Halves(only.Value) is not { } halves)
        {
            return;
        }

        _numbers.Clear();
        _numbers.Add(new Found(halves.First, only.Index));
        _numbers.Add(new Found(halves.Second, only.Index + halves.Offset));
    }

    private static List<Found> Find(Regex pattern, string text) =>
        [.. pattern.Matches(text).Select(match => match.Groups["value"]).Select(found => new Found(found.Value, found.Index))];

    /// <summary>What stands directly after the name of a member, as in <c>for id foo</c>.</summary>
    private string? AfterName(string name, IReadOnlyList<string> words)
    {
        if (name.Length < 2 || words.Count == 0 || _fillers.Contains(name))
        {
            return null;
        }

        var spoken = string.Join(@"[\s_-]?", words.Select(Regex.Escape));
        var pattern = $@"(?<!\p{{L}}){spoken}s?(?:\s+is|\s*[:=])?\s+([\p{{L}}\p{{Nd}}_.-]*[\p{{L}}\p{{Nd}}])";
        var match = Regex.Match(Prompt, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        if (match.Success && !_fillers.Contains(match.Groups[1].Value))
        {
            return match.Groups[1].Value;
        }

        return null;
    }

    private Found? Take(List<Found> values, string path)
    {
        if (_given.TryGetValue(path, out var given))
        {
            return given;
        }

        var next = values.Find(value => !value.IsTaken);
        if (next is not null)
        {
            Give(path, next);
        }

        return next;
    }

    /// <summary>
    /// A place for a member: where its name is one of a direction, the one behind that direction, in whatever order they stand; else
    /// the next one.
    /// </summary>
    private Found? TakeLocation(string path, IReadOnlyList<string> words)
    {
        var (isFrom, isTo) = (words.Any(_fromWords.Contains), words.Any(_toWords.Contains));
        if (!isFrom && !isTo)
        {
            return Take(_locations, path) ?? Take(_codes, path);
        }

        var (own, other) = isFrom ? ("from", "to") : ("to", "from");
        var free = _locations.Where(location => !location.IsTaken).ToList();
        var found = free.Find(location => _words.Before(location.Index).FirstOrDefault() == own)
            ?? free.Find(location => _words.Before(location.Index).FirstOrDefault() != other)
            ?? _codes.Find(code => !code.IsTaken && !_locations.Exists(location => location.Index == code.Index));

        if (found is not null && !_given.ContainsKey(path))
        {
            Give(path, found);
        }

        return found;
    }

    private void Give(string path, Found value)
    {
        value.Take(path);
        _given[path] = value;
    }

    /// <summary>The numbers that the names of members stand beside, each number once.</summary>
    private List<(string Path, Found Number)> Named(IReadOnlyList<(string Path, string Name)> members, bool isBefore)
    {
        var named = new List<(string Path, Found Number)>();
        foreach (var (path, name) in members)
        {
            var words = NameWords.Of(name);
            var free = _numbers.Where(candidate => named.TrueForAll(other => other.Number != candidate));
            var number = free.FirstOrDefault(candidate => IsNamed(candidate, words, isBefore));
            if (number is not null)
            {
                named.Add((path, number));
            }
        }

        return named;
    }

    /// <summary>The numbers that the names of texts stand directly before, without those that others have.</summary>
    private IEnumerable<(string Path, Found Number)> NamedTexts(
        IReadOnlyList<(string Path, string Name)> texts, List<(string Path, Found Number)> others)
    {
        var free = _numbers.Where(number => !number.IsTaken && !others.Exists(other => other.Number == number)).ToList();
        foreach (var (path, name) in texts)
        {
            var words = NameWords.Of(name);
            var number = free.Find(candidate => LastWordBefore(candidate) is { } word && words.Contains(word));
            if (number is not null)
            {
                free.Remove(number);
                yield return (path, number);
            }
        }
    }

    /// <summary>The word before a number that stands alone; null for a part of something else, such as <c>A-17</c>.</summary>
    private string? LastWordBefore(Found number)
    {
        var isAlone = number.Index > 0 && (char.IsWhiteSpace(Prompt[number.Index - 1]) || Prompt[number.Index - 1] == '#');
        if (!isAlone)
        {
            return null;
        }

        return _words.Before(number.Index).Take(MaxFillers).FirstOrDefault(word => !_fillers.Contains(word));
    }

    private bool IsNamed(Found number, IReadOnlyList<string> words, bool isBefore)
    {
        return WordsBeside(number, isBefore)
            .Take(Reach)
            .Where(word => word.Length > 1 && !_fillers.Contains(word))
            .Any(words.Contains);
    }

    private IEnumerable<string> WordsBeside(Found number, bool isBefore)
    {
        if (isBefore)
        {
            return _words.Before(number.Index);
        }

        return _words.From(number.Index + number.Value.Length);
    }

    /// <summary>A name without the word before it that only begins the sentence, as in <c>Describe Jim Beck</c>.</summary>
    private static Found WithoutOpening(Found name)
    {
        var space = name.Value.IndexOf(' ', StringComparison.Ordinal);
        var isOpening = space > 0 && _openings.Contains(name.Value[..space]);
        if (isOpening)
        {
            return new Found(name.Value[(space + 1)..], name.Index + space + 1);
        }

        return name;
    }

    [GeneratedRegex("[\"«“「『](?<value>[^\"»”」』]{1,80})[\"»”」』]|(?<!\\p{L})'(?<value>[^']{1,80})'(?!\\p{L})")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:in|at|for|of|to|from)\s+(?<value>\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)")]
    private static partial Regex Location();

    // Before a particle, as in "Tokyo no", and behind the words for a day or a request.
    [GeneratedRegex(
        "(?:今天|明天|后天|现在|请问|請問|今日|明日|現在|在)?"
        + "(?<value>[\u4E00-\u9FFF々-[的]]{2,6}|[\u30A1-\u30FF]{2,20}"
        + "|(?<![\uAC00-\uD7A3])(?:(?!에서|까지|의)[\uAC00-\uD7A3]){2,6})(?=[のへ的]|에서|까지|의)")]
    private static partial Regex EastAsianLocation();

    // A single word counts only within a sentence: at its beginning, every word has a capital.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}_-])(?<value>\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)+|(?<![.!?]\s+|^\s*)\p{Lu}\p{Ll}+)(?![\p{L}\p{Nd}_])")]
    private static partial Regex Capitalized();

    // Begins at a word and has an end, so that a long text takes time by its length.
    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}-])(?:(?:(?<item>(?>[\p{L}\p{Nd}-]+)),\s+){2,32}(?:and|or)\s+(?<item>[\p{L}\p{Nd}-]+)|"
        + @"(?:(?<item>(?>[\p{L}\p{Nd}-]+)),\s+){1,32}(?<item>(?>[\p{L}\p{Nd}-]+))\s+(?:and|or)\s+(?<item>[\p{L}\p{Nd}-]+))")]
    private static partial Regex Enumeration();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(?<value>\p{Lu}{2,5})(?![\p{L}\p{Nd}])")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Email();

    [GeneratedRegex(@"https?://[^\s""'<>]*[\w/]")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"(?<!\d)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})(?!\d)")]
    private static partial Regex Instant();

    /// <summary>A value of the prompt, and the place in the response that it was given to.</summary>
    private sealed class Found(string value, int index)
    {
        public string Value => value;

        public int Index => index;

        public string? Path { get; private set; }

        public bool IsTaken => Path is not null;

        public void Take(string path) => Path ??= path;

        /// <summary>Takes it from its place: it is free again, or used up.</summary>
        public void Retire(bool isFree) => Path = isFree ? null : string.Empty;
    }
}
