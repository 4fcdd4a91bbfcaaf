using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Benchmarks;

/// <summary>Queries of a catalog of 10,000 models: the median time and the bytes of each.</summary>
internal static class CatalogQueries
{
    private const int Models = 10_000;

    private const int Rounds = 101;

    public static void Run()
    {
        var summaries = Summaries();
        var catalog = ModelCatalog.FromModels(summaries);
        var usage = PricedUsage.ForTokens(2000, 500);

        Console.WriteLine("| query | time | bytes |");
        Console.WriteLine("|---|--:|--:|");
        Measure("build the catalog", () => ModelCatalog.FromModels(summaries));
        Measure("build it and read all prices", () => ModelCatalog.FromModels(summaries).Find(query => query.CheapestFor(2000, 500)));
        Measure("by id", () => catalog.Find("provider-1/model-4321.5"));
        Measure("by another spelling", () => catalog.Find("Model-4321-5"));
        Measure("by an unknown id", () => catalog.Find("nobody/nothing"));
        Measure("similar ids", () => catalog.Near("provider-1/modle-4321.5"));
        Measure("by features", () => catalog.Find(query => query.Input(Modality.Image).MinContext(100_000).WithTools()));
        Measure("by features, the cheapest first", () => catalog.Find(query => query.Input(Modality.Image).MinContext(100_000).WithTools().CheapestFor(2000, 500)));
        Measure("all, the cheapest first", () => catalog.Find(query => query.CheapestFor(2000, 500)));
        var price = catalog.Models[0].Price;
        Measure("one quote", () => price.Quote(usage));
    }

    private static List<ModelSummary> Summaries() => [.. Enumerable.Range(0, Models).Select(Summary)];

    private static ModelSummary Summary(int index)
    {
        var inputs = index % 2 == 0 ? "[\"text\",\"image\"]" : "[\"text\"]";
        var tools = index % 3 == 0 ? "true" : "false";
        var capabilities = FormattableString.Invariant($"{{\"context_length\":{index % 5 * 50_000},\"function_calling\":{tools}}}");
        var pricing = FormattableString.Invariant($"{{\"unit\":\"1M tokens\",\"currency\":\"USD\",\"input\":{index % 97}.25,\"output\":\"{index % 89}.5\"}}");
        var ccapi = $"{{\"type\":\"text\",\"input_modalities\":{inputs},\"capabilities\":{capabilities},\"pricing\":{pricing}}}";
        var json = FormattableString.Invariant($"{{\"id\":\"provider-{index % 20}/model-{index}.5\",\"object\":\"model\",\"ccapi\":{ccapi}}}");
        return JsonSerializer.Deserialize<ModelSummary>(json)!;
    }

    private static void Measure<T>(string name, Func<T> query)
    {
        for (var i = 0; i < 5; i++)
        {
            query();
        }

        var times = new double[Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            query();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.Order().ElementAt(Rounds / 2):N1} us | {bytes:N0} |"));
    }
}
