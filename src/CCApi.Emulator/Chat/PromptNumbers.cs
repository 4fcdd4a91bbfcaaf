using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>The numbers of a prompt, and which members they belong to by the words beside them.</summary>
internal sealed class PromptNumbers
{
    /// <summary>How many words around a number may name it.</summary>
    private const int Reach = 2;

    /// <summary>How many words before a number are read to find one that is not a filler; all of them would take quadratic time.</summary>
    private const int MaxFillers = 20;

    private readonly string _prompt;
    private readonly PromptWords _words;
    private readonly List<PromptValue> _all;

    /// <param name="prompt">The prompt.</param>
    /// <param name="words">Its words.</param>
    public PromptNumbers(string prompt, PromptWords words)
    {
        _prompt = prompt;
        _words = words;
        _all = [.. NumberText.In(PromptDates.Without(prompt)).Select(number => new PromptValue(number.Value, number.Index))];
        if (_all.Count == 0)
        {
            _all = [.. NumberWords.In(prompt).Select(number => new PromptValue(number.Digits, number.Index))];
        }
    }

    /// <summary>The numbers in order; those in words only where none is in digits.</summary>
    public IReadOnlyList<PromptValue> All => _all;

    /// <summary>Reads a number such as <c>3,5</c> as two, where it is the only one and more are needed.</summary>
    public void SplitCommas(int needed)
    {
        var isOnlyOne = _all is [{ IsTaken: false }];
        if (needed < 2 || !isOnlyOne)
        {
            return;
        }

        var only = _all[0];
        if (NumberText.Halves(only.Text) is not { } halves)
        {
            return;
        }

        _all.Clear();
        _all.Add(new PromptValue(halves.First, only.Index));
        _all.Add(new PromptValue(halves.Second, only.Index + halves.Offset));
    }

    /// <summary>
    /// The members whose names stand beside a number, with that number: all before their numbers (<c>quantity 3</c>) or all
    /// after them (<c>3 pieces</c>), whichever names more, then the others. A text has the number that its name stands directly
    /// before (<c>id 42</c>), if that leaves enough for the numbers.
    /// </summary>
    public IEnumerable<(string Path, PromptValue Number)> BesideNames(
        IReadOnlyList<(string Path, string Name)> members, IReadOnlyList<(string Path, string Name)> texts)
    {
        var spare = _all.Count(number => !number.IsTaken) - members.Count;
        var before = Named(members, isBefore: true);
        before.AddRange(NamedTexts(texts, before).Take(int.Max(spare, 0)));
        var after = Named(members, isBefore: false);

        return after.Count >= before.Count ? after.Concat(before) : before.Concat(after);
    }

    /// <summary>The numbers that the names of members stand beside, each number once.</summary>
    private List<(string Path, PromptValue Number)> Named(IReadOnlyList<(string Path, string Name)> members, bool isBefore)
    {
        var named = new List<(string Path, PromptValue Number)>();
        foreach (var (path, name) in members)
        {
            var words = NameWords.Of(name);
            var free = _all.Where(candidate => named.TrueForAll(other => other.Number != candidate));
            var number = free.FirstOrDefault(candidate => IsNamed(candidate, words, isBefore));
            if (number is not null)
            {
                named.Add((path, number));
            }
        }

        return named;
    }

    /// <summary>The numbers that the names of texts stand directly before, without those that others have.</summary>
    private IEnumerable<(string Path, PromptValue Number)> NamedTexts(
        IReadOnlyList<(string Path, string Name)> texts, List<(string Path, PromptValue Number)> others)
    {
        var free = _all.Where(number => !number.IsTaken && !others.Exists(other => other.Number == number)).ToList();
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
    private string? LastWordBefore(PromptValue number)
    {
        var isAlone = number.Index > 0 && (char.IsWhiteSpace(_prompt[number.Index - 1]) || _prompt[number.Index - 1] == '#');
        if (!isAlone)
        {
            return null;
        }

        return _words.Before(number.Index).Take(MaxFillers).FirstOrDefault(word => !PromptWords.IsFiller(word));
    }

    private bool IsNamed(PromptValue number, IReadOnlyList<string> words, bool isBefore)
    {
        return WordsBeside(number, isBefore)
            .Take(Reach)
            .Where(word => word.Length > 1 && !PromptWords.IsFiller(word))
            .Any(words.Contains);
    }

    private IEnumerable<string> WordsBeside(PromptValue number, bool isBefore)
    {
        if (isBefore)
        {
            return _words.Before(number.Index);
        }

        return _words.From(number.Index + number.Text.Length);
    }
}
