using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>What can be controlled.</summary>
internal sealed class ControlTargets
{
    public required Accounts Accounts { get; init; }

    public required EmulatorFaults Faults { get; init; }

    public required EmulatorScript Script { get; init; }

    public required RequestLog Requests { get; init; }

    public required EmulatorClock Clock { get; init; }

    /// <summary>Which pages may change the emulator.</summary>
    public required CorsPolicy Cors { get; init; }

    /// <summary>The states of the image jobs, newest first.</summary>
    public required Func<IEnumerable<JsonNode>> Jobs { get; init; }

    /// <summary>Restores the state after the start: no requests, faults, rules and charges, and the first balance.</summary>
    public required Action Reset { get; init; }
}
