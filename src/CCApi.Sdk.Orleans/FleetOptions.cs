using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Orleans;

/// <summary>The settings of a fleet; give every silo the same ones. Checked when a silo starts.</summary>
public sealed class FleetOptions
{
    /// <summary>The limits of each limiter that <see cref="LimitsByName"/> does not name.</summary>
    /// <value>The default is those of <see cref="CCApiTier.Standard"/>: 600 requests a minute and 10 at once.</value>
    public FleetLimits Limits { get; set; } = FleetLimits.Of(CCApiTier.Standard);

    /// <summary>The limits of limiters by their name, one for each API key.</summary>
    public IDictionary<string, FleetLimits> LimitsByName { get; } = new Dictionary<string, FleetLimits>(StringComparer.Ordinal);

    /// <summary>
    /// How long a lease of a limiter lives when its holder does not renew it, and how long a limiter grants nothing after its silo
    /// died or its process was suspended.
    /// </summary>
    /// <value>1 to 60 seconds. The default is 15 seconds. Holders renew five times as often.</value>
    /// <remarks>
    /// Shorter recovers sooner after the silo of a limiter is gone; below the time for which a grain call may wait (5 seconds), a
    /// holder that loses one renewal may lose its lease, and the limit may be exceeded by it.
    /// </remarks>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The limit of each budget whose limit was not set by <see cref="CCApiFleet.SetBudgetLimitAsync"/>.</summary>
    /// <value>0 or more. The default is null: such a budget permits nothing.</value>
    public decimal? BudgetLimit { get; set; }

    /// <summary>How long a reservation of a budget stays without being settled.</summary>
    /// <value>More than 0. The default is 1 hour.</value>
    /// <remarks>What was not sent is free again then; what was sent counts as spent in full.</remarks>
    public TimeSpan ReservationLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the coordinator of a job looks at its partitions, and so revives those whose silo is gone.</summary>
    /// <value>10 milliseconds or more. The default is 1 second.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a reminder revives the coordinator of a job whose silo is gone while nobody watches.</summary>
    /// <value>The shortest is that of Orleans' <c>ReminderOptions.MinimumReminderPeriod</c>. The default is 1 minute.</value>
    public TimeSpan ReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The name of the grain storage that keeps budgets, jobs and whether a limiter has begun.</summary>
    /// <value>The default is <c>Default</c>, which <c>Add...GrainStorageAsDefault</c> registers.</value>
    public string StorageName { get; set; } = "Default";

    /// <summary>The limits of a limiter.</summary>
    internal FleetLimits LimitsOf(string name) => LimitsByName.TryGetValue(name, out var limits) ? limits : Limits;

    /// <param name="shortestReminder">The shortest period of a reminder that Orleans accepts.</param>
    /// <exception cref="FleetException">A setting is out of its range.</exception>
    internal void Check(TimeSpan shortestReminder)
    {
        Require(Limits is not null, nameof(Limits), "the limits of the fleet");
        Require(LimitsByName?.Values.All(limits => limits is not null) == true, nameof(LimitsByName), "limits by name, none of them null");
        Limits!.Check("Limits");
        foreach (var (name, limits) in LimitsByName!)
        {
            limits.Check(name);
        }

        Require(LeaseTime >= TimeSpan.FromSeconds(1) && LeaseTime <= TimeSpan.FromSeconds(60), nameof(LeaseTime), "1 to 60 seconds");
        Require(BudgetLimit is null or >= 0, nameof(BudgetLimit), "0 or more, or null");
        Require(ReservationLifetime > TimeSpan.Zero, nameof(ReservationLifetime), "more than 0");
        Require(PollInterval >= TimeSpan.FromMilliseconds(10), nameof(PollInterval), "10 milliseconds or more");
        Require(
            ReminderPeriod > TimeSpan.Zero && ReminderPeriod >= shortestReminder,
            nameof(ReminderPeriod),
            $"{shortestReminder} or more, which is ReminderOptions.MinimumReminderPeriod");
        Require(!string.IsNullOrWhiteSpace(StorageName), nameof(StorageName), "the name of a grain storage");
    }

    private static void Require(bool isRight, string name, string range)
    {
        if (!isRight)
        {
            throw FleetException.Of(FleetError.InvalidSetting, $"FleetOptions.{name} is out of its range: set it to {range}.");
        }
    }
}
