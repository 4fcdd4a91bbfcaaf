using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using OpenAI.Images;

namespace CCApi.Sdk.Benchmarks;

/// <summary>An image of 3 MB that comes as base64, to its bytes.</summary>
public class ImageCall
{
    private readonly Contestants _contestants = new(() => CannedHandler.Json(Bodies.Image));
    private readonly ImageClient _openAI;

    public ImageCall() => _openAI = _contestants.OpenAI.GetImageClient(Contestants.Model);

    [Benchmark(Baseline = true)]
    public async Task<int> Floor() =>
        (await _contestants.Floor.GenerateAsync(new FloorImageRequest(Contestants.Model, Contestants.Prompt, "b64_json")))!.Data![0].B64Json!.Length;

    [Benchmark]
    public async Task<int> Limit() => (await _contestants.Limit.GenerateAsync(Contestants.Model, Contestants.Prompt)).Bytes.Length;

    [Benchmark]
    public async Task<int> Sdk() => (await _contestants.Sdk.Images.GenerateAsync(Contestants.Model, Contestants.Prompt)).Data![0].B64Json!.Length;

    [Benchmark]
    public async Task<int> OpenAIPackage() => (await _openAI.GenerateImageAsync(Contestants.Prompt)).Value.ImageBytes.ToMemory().Length;
}
