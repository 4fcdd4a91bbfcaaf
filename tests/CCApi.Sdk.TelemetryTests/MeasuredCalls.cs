using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>Every kind of call: of the SDK's own API, and through Microsoft.Extensions.AI.</summary>
internal static partial class MeasuredCalls
{
    public static IReadOnlyList<MeasuredCall> All { get; } =
    [
        new("plain", clients => clients.Client.Chat.CompleteAsync(MeasuredClients.Request())),
        new("stream as chunks", clients => ReadAsync(clients.Client.Chat.StreamAsync(MeasuredClients.Request()))),
        new("stream as text", clients => ReadAsync(clients.Client.Chat.StreamAsync(MeasuredClients.Request()).ReadTextAsync())),
        new("stream as updates", clients => ReadAsync(clients.Client.Chat.StreamAsync(MeasuredClients.Request()).ReadUpdatesAsync())),
        new("stream as a response", clients => clients.Client.Chat.StreamAsync(MeasuredClients.Request()).GetResponseAsync()),
        new("structured output", clients => clients.Client.Chat.CompleteAsync(MeasuredClients.Request("A place"), Json.Default.Place)),
        new("structured output, corrected", clients => clients.Client.Chat.CompleteAsync(MeasuredClients.Request("A mismatch"), Json.Default.Place), Models: 2),
        new("tools loop", clients => ReadAsync(clients.Client.Chat.RunAsync(MeasuredClients.Request("The weather?"), MeasuredClients.Tools)), Models: 2),
        new("speech", clients => clients.Client.Audio.CreateSpeechAsync(MeasuredClients.SpeechModel, "Hello", "aria")),
        new("speech as a stream", async clients => await ReadAsync(await clients.Client.Audio.StreamSpeechAsync(Speech()))),
        new("speech as bytes", async clients => await ReadAsync(await clients.Client.Audio.StreamSpeechAsync(Speech(isRaw: true)))),
        new("image", clients => clients.Client.Images.GenerateAsync(MeasuredClients.ImageModel, "A fox")),
        new("job", clients => clients.Client.Images.GenerateAsync(Job(), null, MeasuredClients.Wait)),
        new("job, polled twice", JobPolledTwiceAsync),
        new("job that failed", FailedJobAsync),
        new("retried", clients => AfterAsync(clients, script => script.Fail(503), text => clients.Client.Chat.CompleteAsync(MeasuredClients.Request(text)))),
        new("stream, retried", clients => AfterAsync(clients, script => script.Fail(429), text => clients.Client.Chat.StreamAsync(MeasuredClients.Request(text)).GetResponseAsync())),
        new("hidden error", clients => AfterAsync(clients, script => script.Fault(EmulatorFaultKind.Hidden), text => clients.Client.Chat.CompleteAsync(MeasuredClients.Request(text)))),
        new("hidden error in a stream", clients => FailAsync(
            clients, script => script.Fault(EmulatorFaultKind.Hidden), text => clients.Client.Chat.StreamAsync(MeasuredClients.Request(text)).GetResponseAsync())),
        new("failed over", clients => AfterAsync(clients, script => script.Fail(503), text => clients.Client.Chat.CompleteAsync(MeasuredClients.Request(text), Failover()))),
        new("stream, failed over", clients => AfterAsync(
            clients, script => script.Fail(503), text => clients.Client.Chat.StreamAsync(MeasuredClients.Request(text), Failover()).GetResponseAsync())),
        new("rejected", clients => FailAsync(clients, script => script.Fail(400), text => clients.Client.Chat.CompleteAsync(MeasuredClients.Request(text)))),
        new("stream, cut", clients => FailAsync(
            clients, script => script.Fault(EmulatorFaultKind.Cut), text => clients.Client.Chat.StreamAsync(MeasuredClients.Request(text)).GetResponseAsync()), Lost: 1),
        new("stream, truncated", clients => AfterAsync(
            clients, script => script.Fault(EmulatorFaultKind.Truncated), text => clients.Client.Chat.StreamAsync(MeasuredClients.Request(text)).GetResponseAsync()), Lost: 1),
        new("stream, abandoned", clients => AbandonAsync(clients.Client.Chat.StreamAsync(MeasuredClients.Request())), Left: 1),
        new("stream, canceled", clients => CancelAsync(token => clients.Client.Chat.StreamAsync(MeasuredClients.Request(), cancellationToken: token)), Left: 1),

        new("adapter: plain", clients => clients.Model.GetResponseAsync("Hi")),
        new("adapter: stream", clients => ReadAsync(clients.Model.GetStreamingResponseAsync("Hi"))),
        new("adapter: structured output", clients => clients.Model.GetResponseAsync<Place>("A place")),
        new("adapter: retried", clients => AfterAsync(clients, script => script.Fail(503), text => clients.Model.GetResponseAsync(text))),
        new("adapter: stream, retried", clients => AfterAsync(clients, script => script.Fail(503), text => ReadAsync(clients.Model.GetStreamingResponseAsync(text)))),
        new("adapter: hidden error", clients => AfterAsync(clients, script => script.Fault(EmulatorFaultKind.Hidden), text => clients.Model.GetResponseAsync(text))),
        new("adapter: failed over", clients => AfterAsync(
            clients, script => script.Fail(503), text => clients.Model.GetResponseAsync(text, new ChatOptions { AdditionalProperties = new() { ["call"] = Failover() } }))),
        new("adapter: rejected", clients => FailAsync(clients, script => script.Fail(400), text => clients.Model.GetResponseAsync(text))),
        new("adapter: stream, cut", clients => FailAsync(
            clients, script => script.Fault(EmulatorFaultKind.Cut), text => ReadAsync(clients.Model.GetStreamingResponseAsync(text))), Lost: 1),
        new("adapter: stream, abandoned", clients => AbandonAsync(clients.Model.GetStreamingResponseAsync("Hi")), Left: 1),
        new("adapter: stream, canceled", clients => CancelAsync(token => clients.Model.GetStreamingResponseAsync("Hi", cancellationToken: token)), Left: 1),
        new("adapter: tools around telemetry", clients => clients.ToolsAroundTelemetry.GetResponseAsync("The weather?", MeasuredClients.Functions), Models: 2),
        new("adapter: tools around telemetry, stream", clients => ReadAsync(clients.ToolsAroundTelemetry.GetStreamingResponseAsync("The weather?", MeasuredClients.Functions)), Models: 2),
        new("adapter: telemetry around tools", clients => clients.TelemetryAroundTools.GetResponseAsync("The weather?", MeasuredClients.Functions)),
        new("adapter: telemetry around tools, stream", clients => ReadAsync(clients.TelemetryAroundTools.GetStreamingResponseAsync("The weather?", MeasuredClients.Functions))),
        new("adapter: agent", clients => clients.ToolsAroundTelemetry.AsAIAgent(tools: MeasuredClients.Functions.Tools).RunAsync("The weather?"), Models: 2),
        new("adapter: agent, stream", clients => ReadAsync(clients.ToolsAroundTelemetry.AsAIAgent(tools: MeasuredClients.Functions.Tools).RunStreamingAsync("The weather?")), Models: 2),
        new("adapter: AI functions in the SDK's loop", clients => ReadAsync(clients.Client.Chat.RunAsync(MeasuredClients.Request("The weather?"), new ChatTools().Add(MeasuredClients.Functions.Tools!.AsFunctions()))), Models: 2),
        new("adapter: image", clients => clients.Images.GenerateImagesAsync("A fox")),
        new("adapter: job", clients => clients.Jobs.EditImageAsync(new DataContent("data:image/png;base64,iVBORw0KGgo="), "A fox")),
        new("adapter: speech", clients => clients.Speech.GetAudioAsync("Hello")),
        new("adapter: speech as a stream", clients => ReadAsync(clients.Speech.GetStreamingAudioAsync("Hello"))),
    ];

    private static IEnumerable<AIFunction> AsFunctions(this IEnumerable<AITool> tools)
    {
        foreach (var tool in tools)
        {
            yield return (AIFunction)tool;
        }
    }

    private static AudioSpeechRequest Speech(bool isRaw = false) => new()
    {
        Model = MeasuredClients.SpeechModel,
        Input = "Hello",
        Voice = "aria",
        OutputFormat = isRaw ? "mp3" : null,
    };

    private static MultimodalImageGenerationRequest Job() => new()
    {
        Model = MeasuredClients.JobModel,
        Contents = [new MultimodalInputContent { Text = "A fox" }],
    };

    private static CCApiRequestOptions Failover() => new() { MaxRetries = 0, FailoverModels = [MeasuredClients.OtherModel] };

    private static async Task JobPolledTwiceAsync(MeasuredClients clients)
    {
        var job = await clients.Client.Images.StartAsync(Job());
        await job.WaitAsync(waitOptions: MeasuredClients.Wait);
        await job.WaitAsync(waitOptions: MeasuredClients.Wait);
        await clients.Client.Images.GetJobAsync(job.Id!);
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> pieces)
    {
        await foreach (var _ in pieces)
        {
            // To the end.
        }
    }

    private static async Task ReadAsync(MediaStream sound)
    {
        await using (sound)
        {
            await sound.CopyToAsync(Stream.Null);
        }
    }

    private static async Task AbandonAsync<T>(IAsyncEnumerable<T> pieces)
    {
        await foreach (var _ in pieces)
        {
            break;
        }
    }

    private static async Task CancelAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> pieces)
    {
        using var source = new CancellationTokenSource();
        try
        {
            await foreach (var _ in pieces(source.Token))
            {
                await source.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new InvalidOperationException("The stream was not canceled.");
    }

    private static async Task FailedJobAsync(MeasuredClients clients)
    {
        clients.Emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.JobFailed));
        await FailAsync(() => clients.Client.Images.GenerateAsync(Job(), null, MeasuredClients.Wait));
    }

    /// <summary>Makes a call whose first request meets a fault.</summary>
    private static Task AfterAsync(MeasuredClients clients, Func<ChatScript, ChatScript> fault, Func<string, Task> call) =>
        call(clients.Script(fault));

    /// <summary>Makes a call that fails by a fault.</summary>
    private static Task FailAsync(MeasuredClients clients, Func<ChatScript, ChatScript> fault, Func<string, Task> call) =>
        FailAsync(() => AfterAsync(clients, fault, call));

    private static async Task FailAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (CCApiException)
        {
            return;
        }

        throw new InvalidOperationException("The call did not fail.");
    }

    internal sealed record Place(string City);

    [JsonSerializable(typeof(Place))]
    private sealed partial class Json : JsonSerializerContext;
}
