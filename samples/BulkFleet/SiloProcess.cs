using System.Diagnostics;
using System.Globalization;

namespace BulkFleet;

/// <summary>A silo that can be killed and suspended. It ends with this process.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts a silo, and waits until it is a member of the fleet.</summary>
    public static async Task<SiloProcess> StartAsync(SiloSettings settings, Action<string> log)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(SiloProcess).Assembly.Location);
        foreach (var argument in settings.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource();
        _ = ReadAsync(process, ready, log);
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(5));
        return new SiloProcess(process);
    }

    /// <summary>The CPU time that it has used; nothing of one that has ended.</summary>
    public TimeSpan CpuTime => _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;

    public void Kill() => _process.Kill();

    public void Suspend() => Signal("-STOP");

    public void Resume() => Signal("-CONT");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task ReadAsync(Process process, TaskCompletionSource ready, Action<string> log)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                ready.TrySetResult();
            }
            else
            {
                log(line);
            }
        }

        ready.TrySetException(new InvalidOperationException("A silo ended before it was ready: run with --verbose."));
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
