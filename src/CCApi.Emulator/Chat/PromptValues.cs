using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>
/// Hands out the values of a prompt to the members of a schema: first to those whose name stands beside a value, then in order.
/// A place in the response keeps what it was given.
/// </summary>
internal sealed class PromptValues
{
    private readonly PromptWords _words;
    private readonly PromptNumbers _numbers;
    private readonly List<PromptValue> _quoted;
    private readonly List<PromptValue> _locations;
    private readonly List<PromptValue> _codes;
    private readonly List<PromptValue> _names;
    private readonly List<PromptValue> _dates;
    private readonly List<PromptValue> _times;
    private readonly Dictionary<string, PromptValue> _given = new(StringComparer.Ordinal);

    public PromptValues(string prompt)
    {
        Prompt = prompt;
        Topic = ChatWriter.Topic(prompt);
        _words = new PromptWords(prompt);
        _numbers = new PromptNumbers(prompt, _words);
        _dates = [.. PromptDates.In(prompt).Select(date => new PromptValue(date.Value, date.Index))];
        _times = [.. PromptDates.TimesIn(prompt).Select(time => new PromptValue(time.Value, time.Index))];
        _codes = PromptTexts.CodesIn(prompt);
        _quoted = PromptTexts.QuotedIn(prompt);
        _locations = PromptTexts.LocationsIn(prompt);
        _names = PromptTexts.NamesIn(prompt);
        Listed = PromptTexts.ListedIn(prompt);
    }

    public string Prompt { get; }

    /// <summary>The words of the prompt, comparable with those of names.</summary>
    public IReadOnlyList<string> Words => _words.All;

    /// <summary>What the prompt is about.</summary>
    public string Topic { get; }

    /// <summary>The items of the first list in the prompt: three or more words with commas and a conjunction.</summary>
    public IReadOnlyList<string> Listed { get; }

    /// <summary>How many numbers it has.</summary>
    public int NumberCount => _numbers.All.Count;

    /// <summary>The first number, for places that get none of their own; null without any.</summary>
    public double? FirstNumber => NumberCount > 0 ? NumberText.Parse(_numbers.All[0].Text) : null;

    /// <summary>Gives numbers to those of the members, and of the texts, whose names stand beside one.</summary>
    public void ClaimNumbers(
        IReadOnlyList<(string Path, string Name)> members, IReadOnlyList<(string Path, string Name)> texts)
    {
        _numbers.SplitCommas(members.Count);
        foreach (var (path, number) in _numbers.BesideNames(members, texts))
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
        foreach (var values in new[] { _numbers.All, _quoted, _locations, _codes, _names, _dates, _times })
        {
            var areAllTaken = values.All(value => value.IsTaken);
            foreach (var value in values.Where(value => value.IsTaken))
            {
                value.Retire(areAllTaken);
            }
        }

        _given.Clear();
    }

    /// <summary>The number for a place: the one that it was given, or the next one; null when all are taken.</summary>
    public double? Number(string path)
    {
        if (Take(_numbers.All, path) is { } found)
        {
            return NumberText.Parse(found.Text);
        }

        return null;
    }

    /// <summary>All numbers that no other place has, for a list.</summary>
    public IReadOnlyList<double> Numbers(string path)
    {
        _numbers.SplitCommas(2);
        var free = _numbers.All.Where(number => !number.IsTaken || number.Path == path).ToList();
        free.ForEach(number => number.Take(path));

        return [.. free.Select(number => NumberText.Parse(number.Text))];
    }

    /// <summary>The text for a member: a place, a quoted text, a name or what follows its own name; null when there is none.</summary>
    public string? Text(string path, string name)
    {
        if (_given.TryGetValue(path, out var given))
        {
            return given.Text;
        }

        var words = NameWords.Of(name);
        if (OfMeasure(path, words) is { } measure)
        {
            return measure;
        }

        if (MemberWords.AreOfAddress(words) && OfFormat("email") is { } address)
        {
            return address;
        }

        var found = MemberWords.AreOfLocation(words) ? TakeLocation(path, words) : null;
        found ??= Take(_quoted, path);
        found ??= MemberWords.AreOfPerson(words) ? Take(_names, path) : null;

        return found?.Text ?? AfterName(name, words);
    }

    /// <summary>Whether a member is true: unless the prompt negates something, as in <c>turn off</c>, and the name does not.</summary>
    public bool Flag(string name) => !MemberWords.Negate(Words) || MemberWords.Negate(NameWords.Of(name));

    /// <summary>The text for members that get none of their own: the first place or quoted text, else the topic.</summary>
    public string AnyText(string name)
    {
        var isLocation = MemberWords.AreOfLocation(NameWords.Of(name));
        var found = isLocation ? _locations.FirstOrDefault() : null;

        return (found ?? _quoted.FirstOrDefault())?.Text ?? Topic;
    }

    /// <summary>A text of the prompt that has a format of JSON schema, such as an address or a date; null when there is none.</summary>
    public string? OfFormat(string? format)
    {
        if (format == "date")
        {
            return _dates.FirstOrDefault()?.Text;
        }

        return PromptTexts.OfFormat(format, Prompt);
    }

    /// <summary>The date, the time or the unit for a member of such a name; null for others, and when there is none.</summary>
    private string? OfMeasure(string path, IReadOnlyList<string> words)
    {
        if (words.Contains("unit"))
        {
            return MemberWords.AreOfDestination(words) ? PromptUnits.Target(Prompt) : PromptUnits.OfNumber(Prompt);
        }

        var found = words.Contains("time") ? Take(_times, path) : null;
        found ??= MemberWords.AreOfDate(words) ? Take(_dates, path) : null;

        return found?.Text;
    }

    private string? AfterName(string name, IReadOnlyList<string> words)
    {
        var isTooCommon = name.Length < 2 || words.Count == 0 || PromptWords.IsFiller(name);
        if (isTooCommon)
        {
            return null;
        }

        return PromptTexts.After(words, Prompt);
    }

    private PromptValue? Take(IReadOnlyList<PromptValue> values, string path)
    {
        if (_given.TryGetValue(path, out var given))
        {
            return given;
        }

        var next = values.FirstOrDefault(value => !value.IsTaken);
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
    private PromptValue? TakeLocation(string path, IReadOnlyList<string> words)
    {
        var isOrigin = MemberWords.AreOfOrigin(words);
        if (!isOrigin && !MemberWords.AreOfDestination(words))
        {
            return Take(_locations, path) ?? Take(_codes, path);
        }

        var (own, other) = isOrigin ? ("from", "to") : ("to", "from");
        var free = _locations.Where(location => !location.IsTaken).ToList();
        var found = free.Find(location => WordBefore(location) == own)
            ?? free.Find(location => WordBefore(location) != other)
            ?? _codes.Find(code => !code.IsTaken && !_locations.Exists(location => location.Index == code.Index));

        if (found is not null && !_given.ContainsKey(path))
        {
            Give(path, found);
        }

        return found;
    }

    private string? WordBefore(PromptValue location) => _words.Before(location.Index).FirstOrDefault();

    private void Give(string path, PromptValue value)
    {
        value.Take(path);
        _given[path] = value;
    }
}
