using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.CostTests;

/// <summary>Runs the program of <c>tests/CCApi.Sdk.CostApp</c>.</summary>
internal static class CostProgram
{
    // Far more than a run takes: only a reader whose cost explodes meets it.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(arguments))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_patience);
            return (await output).Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>The readers, from the program itself.</summary>
    public static IEnumerable<TheoryDataRow<string>> Readers()
    {
        using var process = Process.Start(StartInfo("list"))!;
        var names = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return names.Select(name => new TheoryDataRow<string>(name));
    }

    private static ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CCApi.Sdk.CostApp.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A runaway reader must not take the memory of the machine.
        start.Environment["DOTNET_GCHeapHardLimit"] = (1L << 30).ToString("x", CultureInfo.InvariantCulture);
        return start;
    }
}
