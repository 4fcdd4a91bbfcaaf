using System;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CCApi.Sdk.Benchmarks;

// ratios [name ...]          every benchmark (or the named ones) beside the floor, the limit and the OpenAI package
// bdn [options]              the same by BenchmarkDotNet, with its options
// load [streams ...]         many streams at once over real connections
// serve                      what load calls, in a process of its own
// compare                    what happens when the gateway fails, beside the OpenAI package
// catalog                    queries of a catalog of 10,000 models
// telemetry                  what telemetry adds, by who listens
// profile name client calls  one client of one benchmark, for a profiler
switch (args.FirstOrDefault() ?? "ratios")
{
    case "ratios":
        await Ratios.RunAsync([.. args.Skip(1)]);
        return 0;
    case "bdn":
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(15);
        BenchmarkSwitcher.FromTypes(AllBenchmarks.Types).Run([.. args.Skip(1)], DefaultConfig.Instance.AddJob(job).AddDiagnoser(MemoryDiagnoser.Default));
        return 0;
    case "load":
        await Load.RunAsync(args.Length > 1 ? [.. args.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))] : [1, 64, 1024]);
        return 0;
    case "serve":
        await LoadServer.RunAsync();
        return 0;
    case "compare":
        await Compare.RunAsync();
        return 0;
    case "catalog":
        CatalogQueries.Run();
        return 0;
    case "telemetry":
        await TelemetryCost.RunAsync();
        return 0;
    case "profile":
        await Profile.RunAsync(args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("Specify ratios, bdn, load, compare, catalog, telemetry or profile; README.md lists the arguments of each.");
        return 1;
}
