using System.Collections.Generic;
using System.Linq;

namespace CCApi.Emulator;

/// <summary>Which requests a rule takes, and what it does with each of them. Used under the lock of <see cref="EmulatorScript"/>.</summary>
internal sealed class ScriptRule
{
    /// <summary>The operation, in words; for messages.</summary>
    public required string Operation { get; init; }

    /// <summary>The method and path; both must fit before the conditions count.</summary>
    public required ScriptRoute Route { get; init; }

    public string? Name { get; set; }

    public List<ScriptCondition> Conditions { get; } = [];

    /// <summary>The responses in order; the last one repeats.</summary>
    public List<ScriptedStep> Steps { get; } = [];

    /// <summary>How many requests it takes; null for any number.</summary>
    public int? Times { get; set; }

    /// <summary>It takes only the request of this number among those that meet its conditions, from 1; null for all.</summary>
    public int? Nth { get; set; }

    /// <summary>How many requests it has taken.</summary>
    public int Used { get; private set; }

    private int Seen { get; set; }

    public bool IsExhausted => Used >= Times;

    /// <summary>Counts a request that meets the conditions, and returns whether the rule takes it.</summary>
    /// <exception cref="EmulatorScriptException">A condition cannot be decided.</exception>
    public bool CountIfMatches(ReceivedRequest request)
    {
        if (!Fits(request))
        {
            return false;
        }

        Seen++;

        return Nth is not { } nth || Seen == nth;
    }

    /// <summary>Whether a request meets the conditions, apart from its number.</summary>
    /// <exception cref="EmulatorScriptException">A condition cannot be decided.</exception>
    public bool Fits(ReceivedRequest request) =>
        !IsExhausted && Route.Matches(request) && Conditions.All(condition => condition.Check(request));

    /// <summary>The same for a message, in which a condition that cannot be decided is one that is not met.</summary>
    public bool SeemsToFit(ReceivedRequest request) =>
        !IsExhausted && Route.Matches(request) && Conditions.All(condition => SeemsMet(condition, request));

    public ScriptedStep Take()
    {
        var step = Steps[int.Min(Used, Steps.Count - 1)];
        Used++;

        return step;
    }

    /// <summary>How near the rule is to a request that it does not take; more is nearer.</summary>
    public int Nearness(ReceivedRequest request)
    {
        if (Route.Matches(request))
        {
            return 1 + Conditions.Count(condition => SeemsMet(condition, request));
        }

        return 0;
    }

    /// <summary>Why the rule does not take a request.</summary>
    public string Difference(ReceivedRequest request)
    {
        if (IsExhausted)
        {
            return $"it has taken its {Times} requests";
        }

        var missed = Conditions.Where(condition => !SeemsMet(condition, request)).Select(condition => condition.Description).ToArray();
        if (missed.Length > 0)
        {
            return $"not met: {string.Join("; ", missed)}";
        }

        return $"it takes only request {Nth} of its kind";
    }

    private static bool SeemsMet(ScriptCondition condition, ReceivedRequest request)
    {
        try
        {
            return condition.Check(request);
        }
        catch (EmulatorScriptException)
        {
            return false;
        }
    }

    public string Describe(int position)
    {
        if (Name is null)
        {
            return $"rule {position} ({Operation})";
        }

        return $"rule {position} '{Name}' ({Operation})";
    }
}
