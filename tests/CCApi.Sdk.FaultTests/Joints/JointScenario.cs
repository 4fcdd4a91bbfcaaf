using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>What happens to a call: a column of the tables.</summary>
/// <param name="ServeAsync">What the server does with the request that meets the fault, at each attempt.</param>
internal sealed record JointScenario(Func<JointTurn, Task> ServeAsync)
{
    /// <summary>Sets the options of the call.</summary>
    public Action<JointRun> Set { get; init; } = static _ => { };

    /// <summary>Whether it happens to every request of a call.</summary>
    public bool AtEvery { get; init; }

    /// <summary>Whether it happens to the first request of a call, and not to a later one.</summary>
    public Func<JointCall, bool> AtStart { get; init; } = static _ => false;
}
