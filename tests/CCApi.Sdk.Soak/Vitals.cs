using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace CCApi.Sdk.Soak;

/// <summary>What the process holds at a moment.</summary>
internal readonly record struct Vitals(double ManagedMiB, double ResidentMiB, int Handles, int Sockets)
{
    private const double Mebibyte = 1024 * 1024;

    public static Vitals Take()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        var open = new DirectoryInfo("/proc/self/fd");
        return open.Exists
            ? new Vitals(managed / Mebibyte, process.WorkingSet64 / Mebibyte, open.EnumerateFileSystemInfos().Count(), open.EnumerateFileSystemInfos().Count(IsSocket))
            : new Vitals(managed / Mebibyte, process.WorkingSet64 / Mebibyte, process.HandleCount, Sockets: 0);
    }

    /// <summary>What has grown, by more than what comes and goes with a thousand calls under way.</summary>
    public IReadOnlyList<string> GrowthSince(Vitals before)
    {
        var grown = new List<string>();
        void Check(string what, double then, double now, double slack)
        {
            if (now > (1.25 * then) + slack)
            {
                grown.Add(FormattableString.Invariant($"{what} from {then:0.#} to {now:0.#}"));
            }
        }

        Check("managed memory (MiB)", before.ManagedMiB, ManagedMiB, slack: 16);
        Check("resident memory (MiB)", before.ResidentMiB, ResidentMiB, slack: 64);
        Check("handles", before.Handles, Handles, slack: 100);
        Check("sockets", before.Sockets, Sockets, slack: 100);
        return grown;
    }

    public override string ToString() => FormattableString.Invariant($"{ManagedMiB,6:0.0} MiB managed  {ResidentMiB,6:0.0} MiB resident  {Handles,5} handles  {Sockets,5} sockets");

    private static bool IsSocket(FileSystemInfo link)
    {
        try
        {
            return link.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // It was closed meanwhile.
            return false;
        }
    }
}
