using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Benchmarks;

/// <summary>A conversation of 100 messages, and a short response.</summary>
public class LongRequest
{
    private readonly Contestants _contestants = new(() => CannedHandler.Json(Bodies.Plain));
    private readonly FloorRequest _floor = Contestants.FloorRequest(Bodies.Messages);
    private readonly LimitRequest _limit = Contestants.LimitRequest(Bodies.Messages);
    private readonly ChatCompletionRequest _sdk = Contestants.SdkRequest(Bodies.Messages);
    private readonly OpenAI.Chat.ChatMessage[] _openAI = Contestants.OpenAIRequest(Bodies.Messages);

    [Benchmark(Baseline = true)]
    public async Task<string?> Floor() => (await _contestants.Floor.CompleteAsync(_floor))!.Choices![0].Message!.Content;

    [Benchmark]
    public async Task<string?> Limit() => (await _contestants.Limit.CompleteAsync(_limit)).Text;

    [Benchmark]
    public async Task<string?> Sdk() => (await _contestants.Sdk.Chat.CompleteAsync(_sdk)).Text;

    [Benchmark]
    public async Task<string?> OpenAIPackage() => (await _contestants.OpenAIChat.CompleteChatAsync(_openAI)).Value.Content[0].Text;
}
