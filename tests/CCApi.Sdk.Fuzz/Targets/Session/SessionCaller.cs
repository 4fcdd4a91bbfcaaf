using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>Makes one call as planned, and keeps how it ended.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its sources have neither timers nor wait handles.")]
internal sealed class SessionCaller(CCApiClient client, SessionServer server, ManualClock clock, SessionPlan plan)
{
    private static readonly ChatTools _tools = new ChatTools().Add(
        "get_weather", "Current weather of a city", FuzzJson.Default.Place, (place, _) => Task.FromResult(place.City ?? throw new FindingException("A city is missing.")));

    private readonly CancellationTokenSource _callToken = new();
    private readonly CancellationTokenSource _readerToken = new();
    private readonly StringBuilder _text = new();
    private StreamingChatCompletion? _stream;
    private int _pieces;
    private bool _isLeaving;

    /// <summary>What disturbed the call, if its time came before the call ended.</summary>
    public Disturbance Disturbed { get; private set; }

    public TimeSpan DisturbedAt { get; private set; }

    public TimeSpan EndedAt { get; private set; }

    public Exception? Error { get; private set; }

    public ChatCompletionResponse? Response { get; private set; }

    /// <summary>The text as it was read piece by piece; null when it was not.</summary>
    public string? Text { get; private set; }

    public async Task RunAsync()
    {
        var first = server.Steps;
        server.OnStep = step => Disturb(step - first == plan.AtStep);
        using var timer = clock.CreateTimer(_ => Disturb(now: true), state: null, plan.AtTime ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            await CallAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The checks judge it.
        catch (Exception exception) when (exception is not FindingException)
#pragma warning restore CA1031
        {
            Error = exception;
        }
        finally
        {
            EndedAt = clock.Elapsed;
            server.OnStep = _ => { };
        }

        if (_stream is not null)
        {
            await CloseAsync(_stream).ConfigureAwait(false);
        }
    }

    private async Task CallAsync()
    {
        var (options, token) = (plan.Options, _callToken.Token);
        var request = new ChatCompletionRequest { Model = SessionModels.All[0], Messages = [ChatMessage.User("Hi")] };
        switch (plan.Kind)
        {
            case CallerKind.Plain:
                Response = await client.Chat.CompleteAsync(request, options, token).ConfigureAwait(false);
                break;
            case CallerKind.Tools or CallerKind.StreamedTools:
                await RunToolsAsync(request).ConfigureAwait(false);
                break;
            case CallerKind.Speech:
                await client.Audio.CreateSpeechAsync("m0", "Hi", "v", options, token).ConfigureAwait(false);
                break;
            case CallerKind.SpeechStream:
                await ReadSpeechAsync().ConfigureAwait(false);
                break;
            case CallerKind.WaitForJob or CallerKind.WatchJob:
                await FollowJobAsync().ConfigureAwait(false);
                break;
            case CallerKind.ListModels:
                await client.Catalog.ListModelsAsync(query: null, options, token).ConfigureAwait(false);
                break;
            case CallerKind.EnumerateModels:
                await EachAsync(client.Catalog.EnumerateModelsAsync(options: options, cancellationToken: token), _ => { }).ConfigureAwait(false);
                break;
            default:
                _stream = client.Chat.StreamAsync(request, options, token);
                await ReadAsync(_stream).ConfigureAwait(false);
                break;
        }
    }

    private async Task ReadAsync(StreamingChatCompletion stream)
    {
        switch (plan.Kind)
        {
            case CallerKind.Chunks:
                await EachAsync(stream, _ => { }).ConfigureAwait(false);
                break;
            case CallerKind.Text:
                await EachAsync(stream.ReadTextAsync(_readerToken.Token), piece => _text.Append(piece)).ConfigureAwait(false);
                Text = _text.ToString();
                break;
            case CallerKind.ReasoningThenText:
                await EachAsync(stream.ReadReasoningAsync(_readerToken.Token), _ => { }).ConfigureAwait(false);
                if (!_isLeaving)
                {
                    await EachAsync(stream.ReadTextAsync(_readerToken.Token), piece => _text.Append(piece)).ConfigureAwait(false);
                    Text = _text.ToString();
                }

                break;
            case CallerKind.Updates:
                await EachAsync(stream.ReadUpdatesAsync(_readerToken.Token), update => _text.Append(update.Kind == ChatStreamUpdateKind.Text ? update.Text : null)).ConfigureAwait(false);
                Text = _text.ToString();
                break;
            default:
                break;
        }

        Response = await stream.GetResponseAsync(_readerToken.Token).ConfigureAwait(false);
        _ = stream.Snapshot;
    }

    private async Task RunToolsAsync(ChatCompletionRequest request)
    {
        var runOptions = new ChatRunOptions { MaxTurns = 4, Stream = plan.Kind == CallerKind.StreamedTools };
        var isDone = false;
        await EachAsync(client.Chat.RunAsync(request, _tools, runOptions, plan.Options, _callToken.Token), step => isDone = step is ChatDoneStep).ConfigureAwait(false);
        if (!isDone && !_isLeaving)
        {
            throw new FindingException("A run ended without its last step.");
        }
    }

    private async Task ReadSpeechAsync()
    {
        var speech = new AudioSpeechRequest { Model = "m0", Input = "Hi", Voice = "v" };
        using var sound = await client.Audio.StreamSpeechAsync(speech, plan.Options, _callToken.Token).ConfigureAwait(false);
        var buffer = new byte[64];
        while (!_isLeaving && await sound.ReadAsync(buffer, _readerToken.Token).ConfigureAwait(false) > 0)
        {
            Count();
        }
    }

    private async Task FollowJobAsync()
    {
        var job = await client.Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."), plan.Options, _callToken.Token).ConfigureAwait(false);
        var patience = new ImageJobWaitOptions { Timeout = TimeSpan.FromMinutes(2) };
        if (plan.Kind == CallerKind.WatchJob)
        {
            await EachAsync(job.WatchAsync(patience, _readerToken.Token), _ => { }).ConfigureAwait(false);
        }
        else
        {
            await job.WaitAsync(waitOptions: patience, cancellationToken: _readerToken.Token).ConfigureAwait(false);
        }
    }

    private async Task EachAsync<T>(IAsyncEnumerable<T> items, Action<T> use)
    {
        await foreach (var item in items.WithCancellation(_readerToken.Token).ConfigureAwait(false))
        {
            use(item);
            Count();
            if (Disturbed == Disturbance.ReadAgain && plan.AtPiece == _pieces && _stream is not null)
            {
                await ExpectRejectionAsync(_stream).ConfigureAwait(false);
            }

            if (_isLeaving)
            {
                return;
            }
        }
    }

    private void Count()
    {
        _pieces++;
        Disturb(_pieces == plan.AtPiece);
    }

    private void Disturb(bool now)
    {
        if (!now || Disturbed != Disturbance.None || plan.Disturbance == Disturbance.None)
        {
            return;
        }

        (Disturbed, DisturbedAt) = (plan.Disturbance, clock.Elapsed);
        switch (plan.Disturbance)
        {
            case Disturbance.CancelCall:
                _callToken.Cancel();
                break;
            case Disturbance.CancelReader:
                _readerToken.Cancel();
                break;
            case Disturbance.DisposeStream when _stream is not null:
                _ = _stream.DisposeAsync().AsTask();
                break;
            case Disturbance.DisposeClient:
                client.Dispose();
                break;
            case Disturbance.Leave:
                _isLeaving = true;
                break;
            default:
                break;
        }
    }

    private static async Task CloseAsync(StreamingChatCompletion stream)
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        await ExpectRejectionAsync(stream).ConfigureAwait(false);
        _ = await stream.GetResponseAsync().ConfigureAwait(false);
    }

    /// <summary>A stream is read once.</summary>
    private static async Task ExpectRejectionAsync(StreamingChatCompletion stream)
    {
        try
        {
            await foreach (var chunk in stream.ConfigureAwait(false))
            {
                throw new FindingException("A second reader got a chunk.");
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException)
        {
            return;
        }

        throw new FindingException("A second reader was not rejected.");
    }
}
