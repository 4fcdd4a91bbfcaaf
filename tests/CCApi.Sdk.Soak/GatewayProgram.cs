using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;

namespace CCApi.Sdk.Soak;

/// <summary>The emulator, in a process of its own so that its ledger does not count as memory of the client. Five of a hundred requests meet a fault.</summary>
internal static class GatewayProgram
{
    private const double FaultShare = 0.05;
    private const double JobFaultShare = 0.005;

    // Charged and given back: what the gateway reports as failed. Charged and kept: 504, 524, and what breaks, stalls or comes as a page.
    private static readonly EmulatorFault[] _faults =
    [
        EmulatorFault.WithStatus(500), EmulatorFault.WithStatus(502), EmulatorFault.WithStatus(503), EmulatorFault.WithStatus(503), EmulatorFault.WithStatus(529),
        EmulatorFault.WithStatus(429, TimeSpan.FromSeconds(1)), EmulatorFault.WithStatus(504), EmulatorFault.WithStatus(524),
        new(EmulatorFaultKind.Reset), new(EmulatorFaultKind.Reset), new(EmulatorFaultKind.Cut), new(EmulatorFaultKind.Cut), new(EmulatorFaultKind.Stall), new(EmulatorFaultKind.Html),
        new(EmulatorFaultKind.Hidden), new(EmulatorFaultKind.Truncated),
    ];

    private static readonly EmulatorFault[] _jobFaults = [new(EmulatorFaultKind.JobFailed), new(EmulatorFaultKind.JobExpired), new(EmulatorFaultKind.JobUnknown)];

    private static int _requests;
    private static int _faultsMet;

    public static async Task<int> RunAsync()
    {
        var random = new Random(20261103);
        var gate = new Lock();
        EmulatorFaults? script = null;

        void Extend()
        {
            lock (gate)
            {
                // The faults of jobs wait for the next job, beside those of requests.
                if (random.NextDouble() < JobFaultShare)
                {
                    script!.Add(_jobFaults[random.Next(_jobFaults.Length)]);
                }

                script!.Add(random.NextDouble() < FaultShare ? _faults[random.Next(_faults.Length)] : null);
            }
        }

        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions
        {
            Credits = 1_000_000m,
            MaxCharges = int.MaxValue,
            JobDuration = TimeSpan.FromMilliseconds(200),
            Log = line =>
            {
                if (line.Contains(" /v1/", StringComparison.Ordinal))
                {
                    // One for each that was taken, so that the script never ends.
                    Extend();
                    Interlocked.Increment(ref _requests);

                    // A stall ends when the client has waited enough.
                    Interlocked.Add(ref _faultsMet, line.Contains(" fault ", StringComparison.Ordinal) || line.Contains(" aborted ", StringComparison.Ordinal) ? 1 : 0);
                }
            },
        });
        script = emulator.Faults;
        for (var i = 0; i < 4000; i++)
        {
            Extend();
        }

        Console.WriteLine(emulator.BaseAddress);
        Console.WriteLine(emulator.ApiKey);
        while (await Console.In.ReadLineAsync() is { } path)
        {
            var charges = emulator.Ledger.Charges;
            await File.WriteAllLinesAsync(path, charges.Select(charge => new LedgerEntry(charge.IdempotencyKey ?? "", charge.Credits, charge.IsRefunded).ToString()));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_requests} {_faultsMet} {emulator.Ledger.Spent}"));
        }

        return 0;
    }
}
