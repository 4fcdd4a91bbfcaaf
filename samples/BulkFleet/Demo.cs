using System.Collections.Concurrent;
using System.Diagnostics;
using CCApi.Emulator;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Orleans;
using Garnet;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BulkFleet;

/// <summary>The whole of it: gateway, store, silos, job, accidents, report.</summary>
internal sealed class Demo : IAsyncDisposable
{
    public const string ApiKey = "sk-ccapi-emulator";

    private const string Model = "openai/gpt-4o-mini";

    private readonly DemoSettings _settings;
    private readonly CCApiEmulator _emulator;
    private readonly GarnetServer _store;
    private readonly int _storePort;
    private readonly ConcurrentBag<SiloProcess> _started = [];
    private readonly List<SiloProcess> _silos = [];
    private readonly Stopwatch _clock = new();

    private Demo(DemoSettings settings, CCApiEmulator emulator, GarnetServer store, int storePort)
    {
        _settings = settings;
        _emulator = emulator;
        _store = store;
        _storePort = storePort;
    }

    public static async Task<int> RunAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        var emulator = await CCApiEmulator.StartAsync(
            new CCApiEmulatorOptions
            {
                Port = Ports.Next(),
                MediaPort = Ports.Next(),
                ApiKey = ApiKey,
                Credits = 1_000_000,
                Latency = TimeSpan.FromMilliseconds(20),
                ConcurrentRequests = settings.HasLimits ? DemoSettings.MaxConcurrency : null,
            },
            cancellationToken);

        // Lua, because the storage of Orleans compares versions with it.
        var port = Ports.Next();
        var store = new GarnetServer(["--bind", "127.0.0.1", "--port", $"{port}", "--lua", "--memory", "256m", "--index", "16m", "-q"]);
        store.Start();

        await using var demo = new Demo(settings, emulator, store, port);
        return await demo.RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _started)
        {
            silo.Dispose();
        }

        _store.Dispose();
        await _emulator.DisposeAsync();
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"The gateway is {_emulator.BaseAddress}, the store 127.0.0.1:{_storePort}. Starting three silos ...");
        for (var i = 0; i < 3; i++)
        {
            _silos.Add(await StartSiloAsync());
        }

        using var host = await ConnectAsync(cancellationToken);
        var fleet = host.Services.GetRequiredService<CCApiFleet>();
        var items = Enumerable.Range(1, _settings.Items).Select(i => BulkItem.Chat($"item-{i}", Model, $"One sentence about {i}."));
        var run = await fleet.SubmitAsync(
            new FleetJob("demo", items)
            {
                PartitionSize = Math.Clamp(_settings.Items / 40, 10, 250),
                PartitionsAtOnce = _settings.PartitionsAtOnce,
                CallsPerPartition = _settings.CallsPerPartition,
                InDoubt = _settings.InDoubt,
            },
            cancellationToken);

        var before = CpuTime();
        _clock.Start();
        var accidents = CauseAccidentsAsync(cancellationToken);
        FleetProgress? last = null;
        await foreach (var progress in run.WatchAsync(cancellationToken: cancellationToken))
        {
            Console.WriteLine($"{_clock.Elapsed.TotalSeconds,6:0.0} s  {progress}");
            last = progress;
        }

        var elapsed = _clock.Elapsed;
        var cpu = CpuTime();
        await accidents;
        var outcomes = new List<BulkOutcome>();
        await foreach (var outcome in run.ReadResultsAsync(cancellationToken))
        {
            outcomes.Add(outcome);
        }

        var report = Report.Of(_emulator, last!, outcomes, elapsed);
        Console.WriteLine();
        Console.WriteLine(report);
        Console.WriteLine(await CountSilosAsync(host));
        if (_settings is { Kills: 0, Suspends: false })
        {
            var used = (cpu - before).TotalSeconds;
            Console.WriteLine($"silos: {used:0.0} s of CPU time for the job, the compilation of their code included");
            Console.WriteLine(await StoreSize.MeasureAsync(_storePort, _settings.Items));
        }

        if (_settings.HasLimits)
        {
            var state = await fleet.Budgets.GetStateAsync("default", cancellationToken);
            Console.WriteLine($"budget: {state}");
        }

        await host.StopAsync(cancellationToken);
        return report.IsRight(_settings) ? 0 : 1;
    }

    /// <summary>Kills silos at equal distances, replaces them, and then suspends one.</summary>
    private async Task CauseAccidentsAsync(CancellationToken cancellationToken)
    {
        var replacements = new List<Task>();
        var all = _settings.Kills + (_settings.Suspends ? 1 : 0);
        for (var i = 1; i <= all; i++)
        {
            // Only another silo can declare a suspended one dead: wait until two run.
            var isKill = i <= _settings.Kills;
            var share = _settings.Items * i / (all + 2);
            while (_emulator.Ledger.Count < share || (!isKill && CountRunning() < 2))
            {
                await Task.Delay(20, cancellationToken);
            }

            var victim = TakeSilo();
            if (isKill)
            {
                victim.Kill();
                Say($"killed silo {victim.Id} (SIGKILL)");
            }
            else
            {
                victim.Suspend();
                Say($"suspended silo {victim.Id} (SIGSTOP)");
                replacements.Add(ResumeAsync(victim));
            }

            replacements.Add(ReplaceAsync(victim));
        }

        await Task.WhenAll(replacements);
    }

    private TimeSpan CpuTime()
    {
        lock (_silos)
        {
            return TimeSpan.FromSeconds(_silos.Sum(silo => silo.CpuTime.TotalSeconds));
        }
    }

    private int CountRunning()
    {
        lock (_silos)
        {
            return _silos.Count;
        }
    }

    private SiloProcess TakeSilo()
    {
        lock (_silos)
        {
            var silo = _silos[0];
            _silos.RemoveAt(0);
            return silo;
        }
    }

    /// <summary>A new silo joins when the others have noticed that one is gone, while the job runs on.</summary>
    private async Task ReplaceAsync(SiloProcess victim)
    {
        var silo = await StartSiloAsync();
        lock (_silos)
        {
            _silos.Add(silo);
        }

        Say($"replaced silo {victim.Id}");
    }

    /// <summary>After a time in which the others may have declared it dead and have its grains.</summary>
    private async Task ResumeAsync(SiloProcess victim)
    {
        await Task.Delay(TimeSpan.FromSeconds(15));
        victim.Resume();
        Say($"resumed silo {victim.Id}");
    }

    /// <summary>What the table of members contains: with timings that are too short, silos are declared dead that run.</summary>
    private async Task<string> CountSilosAsync(IHost host)
    {
        var management = host.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0);
        var silos = await management.GetDetailedHosts();
        var dead = silos.Count(silo => silo.Status == SiloStatus.Dead);
        var accidents = _settings.Kills + (_settings.Suspends ? 1 : 0);
        return $"silos: {silos.Length - dead} alive, {dead} declared dead, {accidents} killed or suspended";
    }

    private void Say(string text) => Console.WriteLine($"{_clock.Elapsed.TotalSeconds,6:0.0} s  -- {text}");

    private async Task<SiloProcess> StartSiloAsync()
    {
        var gateway = _emulator.BaseAddress.ToString();
        var settings = new SiloSettings(_storePort, gateway, Ports.Next(), Ports.Next(), _settings.HasLimits, _settings.Timings);
        var silo = await SiloProcess.StartAsync(settings, line =>
        {
            if (_settings.IsVerbose)
            {
                Console.WriteLine(line);
            }
        });
        _started.Add(silo);
        return silo;
    }

    private async Task<IHost> ConnectAsync(CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        var redis = FleetSilo.RedisOf(_storePort);
        builder.UseOrleansClient(client => client.UseRedisClustering(options => options.ConfigurationOptions = redis));
        builder.Services.AddCcApiFleet();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }
}
