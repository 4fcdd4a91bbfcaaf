using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>Finds the rule of a script that responds to a request. Used under the lock of <see cref="EmulatorScript"/>.</summary>
/// <param name="rules">The rules, in the order in which they are tried.</param>
/// <param name="isStrict">Whether a request that no rule matches is an error.</param>
internal sealed class ScriptMatcher(List<ScriptRule> rules, bool isStrict)
{
    /// <summary>Finds the rule that responds to a request, and counts it.</summary>
    public ScriptOutcome Match(ReceivedRequest request)
    {
        if (TryFind(request) is { } outcome)
        {
            return outcome;
        }

        var isExpected = !isStrict || ScriptRoute.Jobs.Matches(request);
        if (isExpected)
        {
            return ScriptOutcome.None;
        }

        return new ScriptOutcome(null, null, Unexpected(request));
    }

    /// <summary>The outcome of the first rule that matches, or of a condition before it that cannot be checked; null for none.</summary>
    private ScriptOutcome? TryFind(ReceivedRequest request)
    {
        for (var index = 0; index < rules.Count; index++)
        {
            bool isMatch;
            try
            {
                isMatch = rules[index].CountIfMatches(request);
            }
            catch (EmulatorScriptException exception)
            {
                var problem = $"The script cannot decide about {request} at {rules[index].Describe(index + 1)}: {exception.Message}.";
                return new ScriptOutcome(null, null, problem);
            }

            if (isMatch)
            {
                return new ScriptOutcome(rules[index].Take(), Describe(index, request), Unexpected: null);
            }
        }

        return null;
    }

    /// <summary>The rule that responds, and the next one that would have.</summary>
    private string Describe(int index, ReceivedRequest request)
    {
        var other = rules.FindIndex(index + 1, rule => rule.SeemsToFit(request));
        var rule = rules[index].Describe(index + 1);
        if (other < 0)
        {
            return rule;
        }

        return $"{rule}, which comes before {rules[other].Describe(other + 1)}";
    }

    private string Unexpected(ReceivedRequest request)
    {
        var nearest = rules.Select(
            (rule, index) => (Rule: rule, Position: index + 1, Nearness: rule.Nearness(request)))
            .OrderByDescending(candidate => candidate.Nearness)
            .FirstOrDefault();

        if (nearest.Rule is null || nearest.Nearness == 0)
        {
            return $"The script is strict and has no rule for {request}.";
        }

        return $"The script is strict and no rule takes {request} (text '{Shorten(request.LastUserText)}'). "
            + $"Nearest is {nearest.Rule.Describe(nearest.Position)}: {nearest.Rule.Difference(request)}.";
    }

    private static string Shorten(string text)
    {
        if (text.Length <= 120)
        {
            return text;
        }

        return $"{text[..120]}...";
    }
}
