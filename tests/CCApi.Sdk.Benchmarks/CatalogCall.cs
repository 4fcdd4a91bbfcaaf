using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using OpenAI.Models;

namespace CCApi.Sdk.Benchmarks;

/// <summary>A catalog of 500 models.</summary>
public class CatalogCall
{
    private readonly Contestants _contestants = new(() => CannedHandler.Json(Bodies.Catalog));
    private readonly OpenAIModelClient _openAI;

    public CatalogCall() => _openAI = _contestants.OpenAI.GetOpenAIModelClient();

    [Benchmark(Baseline = true)]
    public async Task<int> Floor() => (await _contestants.Floor.ListModelsAsync())!.Data!.Count;

    [Benchmark]
    public async Task<int> Limit() => (await _contestants.Limit.ListModelsAsync()).Count;

    [Benchmark]
    public async Task<int> Sdk() => (await _contestants.Sdk.Catalog.ListModelsAsync()).Data!.Count;

    [Benchmark]
    public async Task<int> OpenAIPackage() => (await _openAI.GetModelsAsync()).Value.Count;
}
