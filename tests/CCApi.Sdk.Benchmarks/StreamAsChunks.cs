using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Benchmarks;

/// <summary>A stream of 1000 chunks, each enumerated as an object; the length of its text is summed.</summary>
public class StreamAsChunks
{
    private readonly Contestants _contestants = new(() => CannedHandler.Events(Bodies.Stream));
    private readonly FloorRequest _floor = Contestants.FloorRequest(1) with { Stream = true };
    private readonly LimitRequest _limit = Contestants.LimitRequest(1);
    private readonly ChatCompletionRequest _sdk = Contestants.SdkRequest(1);
    private readonly OpenAI.Chat.ChatMessage[] _openAI = Contestants.OpenAIRequest(1);

    [Benchmark(Baseline = true)]
    public async Task<int> Floor()
    {
        var length = 0;
        await foreach (var chunk in _contestants.Floor.StreamAsync(_floor))
        {
            length += chunk.Choices is [{ Delta.Content: { } text }, ..] ? text.Length : 0;
        }

        return length;
    }

    [Benchmark]
    public async Task<int> Limit()
    {
        var length = 0;
        await foreach (var chunk in _contestants.Limit.StreamChunksAsync(_limit))
        {
            length += chunk.Text?.Length ?? 0;
        }

        return length;
    }

    [Benchmark]
    public async Task<int> Sdk()
    {
        var length = 0;
        await foreach (var chunk in _contestants.Sdk.Chat.StreamAsync(_sdk))
        {
            length += chunk.Choices is [{ Delta.Content.Text: { } text }, ..] ? text.Length : 0;
        }

        return length;
    }

    [Benchmark]
    public async Task<int> OpenAIPackage()
    {
        var length = 0;
        await foreach (var update in _contestants.OpenAIChat.CompleteChatStreamingAsync(_openAI))
        {
            length += update.ContentUpdate is [{ Text: { } text }, ..] ? text.Length : 0;
        }

        return length;
    }
}
