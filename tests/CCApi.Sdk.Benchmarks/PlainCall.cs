using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Benchmarks;

/// <summary>One completion, from the request object to the response object.</summary>
public class PlainCall
{
    private readonly Contestants _contestants = new(() => CannedHandler.Json(Bodies.Plain));
    private readonly FloorRequest _floor = Contestants.FloorRequest(1);
    private readonly LimitRequest _limit = Contestants.LimitRequest(1);
    private readonly ChatCompletionRequest _sdk = Contestants.SdkRequest(1);
    private readonly OpenAI.Chat.ChatMessage[] _openAI = Contestants.OpenAIRequest(1);

    [Benchmark(Baseline = true)]
    public async Task<string?> Floor() => (await _contestants.Floor.CompleteAsync(_floor))!.Choices![0].Message!.Content;

    [Benchmark]
    public async Task<string?> Limit() => (await _contestants.Limit.CompleteAsync(_limit)).Text;

    [Benchmark]
    public async Task<string?> Sdk() => (await _contestants.Sdk.Chat.CompleteAsync(_sdk)).Text;

    [Benchmark]
    public async Task<string?> OpenAIPackage() => (await _contestants.OpenAIChat.CompleteChatAsync(_openAI)).Value.Content[0].Text;
}
