using System;
using System.Linq;
using System.Threading.Tasks;
using Aspire.Hosting.ApplicationModel;
using CCApi.Emulator;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>What the dashboard can do with the emulator.</summary>
internal static class EmulatorCommands
{
    private static readonly (string Name, string Title, EmulatorFault Fault)[] _faults =
    [
        ("fault-503", "Fail the next request with 503", EmulatorFault.WithStatus(503)),
        ("fault-429", "Reject the next request with 429", EmulatorFault.WithStatus(429)),
        ("fault-reset", "Reset the next connection", new EmulatorFault(EmulatorFaultKind.Reset)),
    ];

    public static IResourceBuilder<CCApiResource> WithEmulatorCommands(this IResourceBuilder<CCApiResource> builder)
    {
        foreach (var (name, title, fault) in _faults)
        {
            builder.WithCommand(name, title, _ => Run(builder.Resource, emulator => emulator.Faults.Add(fault)), Options());
        }

        builder.WithCommand(
            "no-balance", "Use up the balance", _ => Run(builder.Resource, emulator => emulator.Ledger.SetBalance(0)), Options());

        return builder.WithCommand(
            "ledger", "Show the ledger", context => Run(builder.Resource, emulator => Show(emulator, context.Logger)), Options());
    }

    private static CommandOptions Options() => new()
    {
        UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
            ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled,
    };

    private static Task<ExecuteCommandResult> Run(CCApiResource resource, Action<CCApiEmulator> command)
    {
        if (resource.Emulator is not { } emulator)
        {
            return Task.FromResult(CommandResults.Failure("The emulator has not started."));
        }

        command(emulator);
        return Task.FromResult(CommandResults.Success());
    }

    /// <summary>Writes the last charges into the log of the resource.</summary>
    private static void Show(CCApiEmulator emulator, ILogger logger)
    {
        var ledger = emulator.Ledger;
        foreach (var charge in ledger.Charges.TakeLast(20))
        {
            var refunded = charge.IsRefunded ? " (refunded)" : string.Empty;
            var line = FormattableString.Invariant($"{charge.Time:T} {charge.Operation} {charge.Model} {charge.Credits}{refunded}");
            EmulatorLog.Text(logger, line);
        }

        var sums = FormattableString.Invariant($"{ledger.Charges.Count} charges, {ledger.Spent} credits spent, {ledger.Balance} left");
        EmulatorLog.Text(logger, sums);
    }
}
