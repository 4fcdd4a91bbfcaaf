using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>Makes the calls of the rows, with a token wherever one can be given, and checks what they return.</summary>
internal static partial class JointCalls
{
    private const string Model = "model-a";

    /// <summary>Which request of a call meets the fault: a later one where there are several, because that is where features meet.</summary>
    public static int FaultPosition(this JointCall call) => call switch
    {
        JointCall.Run or JointCall.RunStreamed or JointCall.Structured or JointCall.SpeechLink or JointCall.Catalog => 1,
        JointCall.ImageJob or JointCall.JobWait or JointCall.JobWatch => 1,
        _ => 0,
    };

    /// <summary>Makes a call; <c>ok</c>, <c>truncated</c>, or <c>left</c> when the caller left its loop.</summary>
    public static Task<string> MakeAsync(JointRun run) => run.Call switch
    {
        JointCall.Chat => CompleteAsync(run),
        JointCall.Text => ReadTextAsync(run),
        JointCall.Chunks => ReadChunksAsync(run),
        JointCall.ReasoningText => ReadReasoningAsync(run, ReadTextAsync),
        JointCall.ReasoningResponse => ReadReasoningAsync(run, static async (stream, token) => (await stream.GetResponseAsync(token)).Text),
        JointCall.Run => RunToolsAsync(run, isStreamed: false),
        JointCall.RunStreamed => RunToolsAsync(run, isStreamed: true),
        JointCall.Structured => CompleteTypedAsync(run),
        JointCall.Speech => SpeakAsync(run),
        JointCall.SpeechStream or JointCall.SpeechLink => StreamSpeechAsync(run),
        JointCall.Image => GenerateAsync(run),
        JointCall.ImageJob => GenerateByJobAsync(run),
        JointCall.JobWait => WaitAsync(run),
        JointCall.JobWatch => WatchAsync(run),
        JointCall.Download => DownloadAsync(run),
        JointCall.Catalog => EnumerateAsync(run),
        JointCall.Send => SendAsync(run, new Town { Name = "Oslo" }),
        JointCall.SendEmpty => SendAsync(run, body: null),
        _ => throw new ArgumentOutOfRangeException(nameof(run)),
    };

    private static ChatCompletionRequest ChatRequest => new() { Model = Model, Messages = [ChatMessage.User("Hi.")] };

    private static AudioSpeechRequest SpeechRequest => new() { Model = Model, Input = "Welcome.", Voice = "aria" };

    private static MultimodalImageGenerationRequest JobRequest => new() { Model = Model, Contents = [new MultimodalInputContent { Text = "A fox." }] };

    private static async Task<string> CompleteAsync(JointRun run)
    {
        var response = await run.Client.Chat.CompleteAsync(ChatRequest, run.Options, run.CallToken.Token);
        Assert.Equal("Hello", response.Text);
        return "ok";
    }

    private static async Task<string> ReadTextAsync(JointRun run)
    {
        await using var stream = Open(run);
        var text = "";
        await foreach (var piece in stream.ReadTextAsync(run.FirstReader.Token))
        {
            text += piece;
            if (run.LeavesLoop)
            {
                return "left";
            }
        }

        return await JudgeAsync(stream, text);
    }

    private static async Task<string> ReadChunksAsync(JointRun run)
    {
        await using var stream = Open(run);
        var text = "";
        await foreach (var chunk in stream.WithCancellation(run.FirstReader.Token))
        {
            text += chunk.Choices is { Count: > 0 } choices ? choices[0].Delta?.Content?.ToString() : null;
            if (run.LeavesLoop)
            {
                return "left";
            }
        }

        return await JudgeAsync(stream, text);
    }

    private static async Task<string> ReadReasoningAsync(JointRun run, Func<StreamingChatCompletion, CancellationToken, Task<string?>> readTextAsync)
    {
        await using var stream = Open(run);
        var reasoning = "";
        await foreach (var piece in stream.ReadReasoningAsync(run.FirstReader.Token))
        {
            reasoning += piece;
            if (run.LeavesLoop)
            {
                return "left";
            }
        }

        Assert.Equal("Hm.", reasoning);
        return await JudgeAsync(stream, await readTextAsync(stream, run.LaterReader.Token));
    }

    private static async Task<string?> ReadTextAsync(StreamingChatCompletion stream, CancellationToken cancellationToken)
    {
        var text = "";
        await foreach (var piece in stream.ReadTextAsync(cancellationToken))
        {
            text += piece;
        }

        return text;
    }

    private static StreamingChatCompletion Open(JointRun run)
    {
        var stream = run.Client.Chat.StreamAsync(ChatRequest, run.Options, run.CallToken.Token);
        run.DisposeStream = stream.DisposeAsync;
        return stream;
    }

    private static async Task<string> JudgeAsync(StreamingChatCompletion stream, string? text)
    {
        var response = await stream.GetResponseAsync();
        Assert.Equal(response.Text, text);
        return JudgeText(response);
    }

    private static string JudgeText(ChatCompletionResponse response)
    {
        if (response.IsTruncated)
        {
            return "truncated";
        }

        Assert.Equal("Hello", response.Text);
        return "ok";
    }

    private static async Task<string> RunToolsAsync(JointRun run, bool isStreamed)
    {
        var tools = new ChatTools().Add("weather", "The weather of a city.", """{"type":"object","properties":{"city":{"type":"string"}}}""", async (_, _) =>
        {
            await (run.Tool?.Invoke() ?? Task.CompletedTask);
            return "sunny";
        });

        var steps = run.Client.Chat.RunAsync(ChatRequest, tools, new ChatRunOptions { Stream = isStreamed }, run.Options, run.CallToken.Token);
        ChatRunStep? last = null;
        await foreach (var step in steps.WithCancellation(run.FirstReader.Token))
        {
            last = step;
            if (run.LeavesLoop)
            {
                return "left";
            }
        }

        return JudgeText(Assert.IsType<ChatDoneStep>(last).Response);
    }

    private static async Task<string> CompleteTypedAsync(JointRun run)
    {
        var response = await run.Client.Chat.CompleteAsync(ChatRequest, JointJson.Default.Town, run.Options, run.CallToken.Token);
        Assert.Equal("Oslo", response.Value.Name);
        return "ok";
    }

    private static async Task<string> SpeakAsync(JointRun run)
    {
        var speech = await run.Client.Audio.CreateSpeechAsync(SpeechRequest, run.Options, run.CallToken.Token);
        Assert.NotEmpty(speech.AudioUrl ?? "");
        return "ok";
    }

    private static async Task<string> StreamSpeechAsync(JointRun run) =>
        await ReadAsync(run, await run.Client.Audio.StreamSpeechAsync(SpeechRequest, run.Options, run.CallToken.Token));

    private static async Task<string> DownloadAsync(JointRun run)
    {
        var image = new ImageDatum { Url = new Uri(run.Media, "image.png").AbsoluteUri };
        return await ReadAsync(run, await run.Client.Images.OpenReadAsync(image, run.Options, run.CallToken.Token));
    }

    private static async Task<string> ReadAsync(JointRun run, Stream stream)
    {
        await using var owned = stream;
        run.DisposeStream = () =>
        {
            stream.Dispose();
            return default;
        };

        var buffer = new byte[64];
        var total = 0;
        while (true)
        {
            var read = stream.ReadAsync(buffer, run.FirstReader.Token);
            if (!read.IsCompleted)
            {
                run.HasRead(total);
            }

            var count = await read;
            if (count == 0)
            {
                return "ok";
            }

            total += count;
        }
    }

    private static async Task<string> GenerateAsync(JointRun run)
    {
        var images = await run.Client.Images.GenerateAsync(new LegacyImageGenerationRequest { Model = Model, Prompt = "A fox." }, run.Options, run.CallToken.Token);
        Assert.Single(images.Data!);
        return "ok";
    }

    private static async Task<string> GenerateByJobAsync(JointRun run)
    {
        var images = await run.Client.Images.GenerateAsync(JobRequest, run.Options, run.CallToken.Token);
        Assert.Single(images.Data!);
        return "ok";
    }

    private static async Task<string> WaitAsync(JointRun run)
    {
        var job = await run.Client.Images.StartAsync(JobRequest, run.Options, run.CallToken.Token);
        var images = await job.WaitAsync(cancellationToken: run.CallToken.Token);
        Assert.Single(images.Data!);
        return "ok";
    }

    private static async Task<string> WatchAsync(JointRun run)
    {
        var job = await run.Client.Images.StartAsync(JobRequest, run.Options, run.CallToken.Token);
        MultimodalImageGenerationResponse? last = null;
        await foreach (var state in job.WatchAsync(cancellationToken: run.CallToken.Token).WithCancellation(run.FirstReader.Token))
        {
            last = state;
            if (run.LeavesLoop)
            {
                return "left";
            }
        }

        Assert.Single(last!.Data!);
        return "ok";
    }

    private static async Task<string> EnumerateAsync(JointRun run)
    {
        var models = new List<string?>();
        await foreach (var model in run.Client.Catalog.EnumerateModelsAsync(options: run.Options, cancellationToken: run.CallToken.Token).WithCancellation(run.FirstReader.Token))
        {
            models.Add(model.Id);
            if (run.LeavesLoop)
            {
                return "left";
            }
        }

        Assert.Equal(["openai/one", "openai/two"], models);
        return "ok";
    }

    private static async Task<string> SendAsync(JointRun run, Town? body)
    {
        var town = await run.Client.SendAsync(HttpMethod.Post, "towns/1/start", body, JointJson.Default.Town, JointJson.Default.Town, run.Options, run.CallToken.Token);
        Assert.Equal("Oslo", town.Name);
        return "ok";
    }

    internal sealed class Town
    {
        public required string Name { get; set; }
    }

    [JsonSerializable(typeof(Town))]
    internal sealed partial class JointJson : JsonSerializerContext;
}
