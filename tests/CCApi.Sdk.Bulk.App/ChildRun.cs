using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.App;

/// <summary>This program, started once more as the run that is killed.</summary>
internal sealed class ChildRun : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private ChildRun(Process process) => _process = process;

    public static ChildRun Start(
        Uri address, string ledger, int count, int concurrency, InDoubtAction inDoubt, decimal? budget = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CCApi.Sdk.Bulk.App.dll"));
        string[] arguments =
        [
            "run",
            address.ToString(),
            ledger,
            count.ToString(CultureInfo.InvariantCulture),
            concurrency.ToString(CultureInfo.InvariantCulture),
            inDoubt.ToString(),
            budget?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ChildRun(Process.Start(start)!);
    }

    /// <summary>Reads so many outcomes, and kills it (SIGKILL).</summary>
    public async Task KillAfterAsync(int outcomes)
    {
        for (var i = 0; i < outcomes; i++)
        {
            if (await _process.StandardOutput.ReadLineAsync().WaitAsync(_patience) is null)
            {
                throw new InvalidOperationException("The run ended before it was killed.");
            }
        }

        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(_patience);
    }

    /// <summary>The lines until its end, without the last one.</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(_patience) is { } line)
        {
            if (line == "end")
            {
                return lines;
            }

            lines.Add(line);
        }

        throw new InvalidOperationException("The run ended without its last line.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
