using System.Collections.Generic;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Benchmarks;

/// <summary>The same stream, of which only the text is wanted.</summary>
public class StreamAsText
{
    private readonly Contestants _contestants;
    private readonly FloorRequest _floor = Contestants.FloorRequest(1) with { Stream = true };
    private readonly LimitRequest _limit = Contestants.LimitRequest(1);
    private readonly ChatCompletionRequest _sdk = Contestants.SdkRequest(1);
    private readonly OpenAI.Chat.ChatMessage[] _openAI = Contestants.OpenAIRequest(1);

    public StreamAsText()
        : this(Bodies.Stream)
    {
    }

    protected StreamAsText(byte[] body) => _contestants = new Contestants(() => CannedHandler.Events(body));

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
    public Task<int> Limit() => SumAsync(_contestants.Limit.StreamTextAsync(_limit));

    [Benchmark]
    public Task<int> Sdk() => SumAsync(_contestants.Sdk.Chat.StreamAsync(_sdk).ReadTextAsync());

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

    private static async Task<int> SumAsync(IAsyncEnumerable<string> pieces)
    {
        var length = 0;
        await foreach (var text in pieces)
        {
            length += text.Length;
        }

        return length;
    }
}
