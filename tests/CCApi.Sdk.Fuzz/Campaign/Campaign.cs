using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>Runs a target many times on one thread of this process, with mutated seeds. Inputs that make the SDK do something new become seeds too.</summary>
internal sealed class Campaign(string name, Func<byte[], Task> target, int seed)
{
    private const int MostInputs = 4096;
    private const int MostFindings = 20;

    private readonly Mutator _mutator = new(seed, FuzzFiles.Words(name));
    private readonly HashSet<int> _behaviors = [];
    private readonly HashSet<string> _findings = new(StringComparer.Ordinal);
    private readonly List<byte[]> _inputs = [.. FuzzFiles.Seeds(name)];
    private byte[] _input = [];
    private long _execution;
    private bool _isDone;

    /// <summary>Runs and reports; returns the number of findings that differ.</summary>
    public async Task<int> RunAsync(long executions)
    {
        var watchdog = new Thread(Watch) { IsBackground = true };
        watchdog.Start();
        var time = Stopwatch.StartNew();
        var heap = 0L;
        for (; _execution < executions && _findings.Count < MostFindings; _execution++)
        {
            // The seeds themselves come first.
            _input = _execution < _inputs.Count && _behaviors.Count < _inputs.Count ? _inputs[(int)_execution] : _mutator.Next(_inputs);
            await RunOneAsync().ConfigureAwait(false);
            if (_execution == executions / 2)
            {
                heap = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        _isDone = true;
        var growth = GC.GetTotalMemory(forceFullCollection: true) - heap;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-10} {_execution,10} execs  {_execution / time.Elapsed.TotalSeconds,8:0} execs/s  {time.Elapsed.TotalSeconds,6:0} s  {_inputs.Count,5} inputs kept  {growth / 1024,6} KiB more heap  {_findings.Count} findings"));
        return _findings.Count;
    }

    private async Task RunOneAsync()
    {
        try
        {
            await FuzzTargets.RunAsync(target, _input).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any exception is a finding.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(exception);
            return;
        }

        if (_inputs.Count < MostInputs && _behaviors.Add(Behavior.Value))
        {
            _inputs.Add(_input);
        }
    }

    private void Report(Exception exception)
    {
        if (_findings.Add(KindOf(exception)))
        {
            Console.WriteLine($"{name}: finding at execution {_execution} of seed {seed}; replay {FuzzFiles.Keep(name, _execution, _input)}\n{exception}\n");
        }
    }

    /// <summary>Findings of one kind differ in numbers and texts only.</summary>
    private static string KindOf(Exception exception)
    {
        var message = new string([.. exception.Message.TakeWhile(character => character is not ('\n' or ':')).Where(character => !char.IsDigit(character)).Take(80)]);
        var at = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("CCApi.Sdk.", StringComparison.Ordinal))?.Trim();
        return exception is FindingException ? $"{message} {exception.InnerException?.GetType()}" : $"{exception.GetType()} {at}";
    }

    private void Watch()
    {
        var last = -1L;
        while (!_isDone)
        {
            Thread.Sleep(FuzzTargets.Hang);
            var execution = Volatile.Read(ref _execution);
            if (execution == last && !_isDone)
            {
                Console.WriteLine($"{name}: execution {execution} of seed {seed} hangs; replay {FuzzFiles.Keep(name, execution, _input)}");
                Environment.Exit(1);
            }

            last = execution;
        }
    }
}
