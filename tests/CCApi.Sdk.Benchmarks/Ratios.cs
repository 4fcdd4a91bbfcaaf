using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace CCApi.Sdk.Benchmarks;

/// <summary>Runs the benchmarks and prints what each takes as ratios: medians of 15 rounds, and bytes per call.</summary>
internal static class Ratios
{
    private static readonly Type[] _benchmarks =
        [typeof(PlainCall), typeof(LongRequest), typeof(StreamAsChunks), typeof(StreamAsText), typeof(ImageCall), typeof(CatalogCall)];

    public static void Run(IReadOnlyList<string> names)
    {
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithStrategy(RunStrategy.Throughput)
            .WithWarmupCount(8)
            .WithIterationCount(15)
            .WithIterationTime(TimeInterval.FromMilliseconds(150));
        var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(NullLogger.Instance);

        Console.WriteLine("| benchmark | client | time | x floor | x limit | bytes | x floor | x limit |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|");
        foreach (var type in _benchmarks.Where(type => names.Count == 0 || names.Contains(type.Name)))
        {
            Print(type.Name, BenchmarkRunner.Run(type, config));
        }
    }

    private static void Print(string benchmark, Summary summary)
    {
        var results = summary.Reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name, Measure);
        var (floor, limit) = (results["Floor"], results["Limit"]);
        foreach (var (client, (time, bytes)) in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {benchmark} | {client} | {time / 1000:N1} us | {time / floor.Time:F2} | {time / limit.Time:F2} | {bytes:N0} | {bytes / floor.Bytes:F3} | {bytes / limit.Bytes:F2} |"));
        }
    }

    private static (double Time, double Bytes) Measure(BenchmarkReport report) =>
        report.ResultStatistics is { } statistics
            ? (statistics.Median, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0)
            : throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} did not run.");
}
