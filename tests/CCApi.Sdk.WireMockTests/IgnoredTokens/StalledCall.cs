using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using CCApi.Sdk.WireMockTests.Support;
using Microsoft.Extensions.Time.Testing;
using Polly;

namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>A call over sockets, one of whose attempts waits for code that ignores its token.</summary>
internal sealed class StalledCall : IDisposable
{
    /// <summary>What each attempt reserves.</summary>
    public const decimal Reservation = 0.1m;

    private const string Completion = """{"choices":[{"index":0,"message":{"content":"Hello!"},"finish_reason":"stop"}]}""";
    private const string Chunk = """data: {"choices":[{"index":0,"delta":{"content":"Hello!"},"finish_reason":"stop"}]}""";
    private const string Busy = """{"error":{"message":"busy","type":"server_error","code":"overloaded"}}""";

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _far = TimeSpan.FromSeconds(1000);

    private readonly Call _call;
    private readonly Seam _seam;
    private readonly Stall _stall;
    private readonly RawServer _server;
    private readonly FakeTimeProvider _clock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CCApiClient _client;
    private readonly HttpClient _httpClient;
    private int _failures;

    /// <param name="call">The call.</param>
    /// <param name="seam">What waits.</param>
    /// <param name="attempt">Which attempt waits: those before get a 503.</param>
    /// <param name="total">Whether the total budget is the next to run out, and not that of a phase.</param>
    /// <param name="configure">Further options.</param>
    public StalledCall(Call call, Seam seam, int attempt, bool total, Action<CCApiClientOptions> configure)
    {
        (_call, _seam, _stall) = (call, seam, new Stall(attempt));
        _failures = seam == Seam.ErrorBody ? attempt : attempt - 1;
        _server = new RawServer(Respond);
        Store = new StallingStore(_stall, seam);
        _httpClient = new HttpClient(new StallingHandler(new SocketsHttpHandler(), _stall, seam)) { Timeout = Timeout.InfiniteTimeSpan };

        var options = new CCApiClientOptions
        {
            ApiKeyProvider = async _ => seam == Seam.KeyProvider ? await _stall.RunAsync(() => Task.FromResult("sk-test-0123456789")) : "sk-test-0123456789",
            BaseAddress = new Uri($"http://127.0.0.1:{_server.Port}/v1"),
            TimeProvider = _clock,
            Budget = new CCApiBudget(Store, StallingStore.Scope) { UnknownPriceReservation = Reservation },
            RateLimiter = seam == Seam.Limiter ? new StallingLimiter(_stall) : null,
            RetrieveCatalogForCosts = false,
        };
        options.Retry.BaseDelay = TimeSpan.Zero;
        var times = options.Timeouts;
        times.Total = total ? _limit : _far;
        times.Attempt = times.FirstChunk = times.Idle = times.NextChunk = total ? _far : _limit;
        if (seam is Seam.Strategy or Seam.StrategyAfter)
        {
            options.ConfigureResilience = builder =>
                builder.AddStrategy(_ => new StallingStrategy(_stall, isAfter: seam == Seam.StrategyAfter), new StallingOptions());
        }

        configure(options);
        _client = new CCApiClient(_httpClient, options);
    }

    public StallingStore Store { get; }

    public int Requests => Received.Count();

    /// <summary>The requests that were received, without those for the catalog.</summary>
    public IEnumerable<string> Received => _server.Requests.Where(request => !IsOfCatalog(request));

    /// <summary>Lets the code that waited go on, and waits until it has ended.</summary>
    public Task ReleaseAsync()
    {
        _stall.Release();

        return _stall.Ended;
    }

    /// <summary>Makes the call until an attempt waits, ends the wait, and returns how the call ends: its result or its exception.</summary>
    /// <param name="end">What ends the wait.</param>
    /// <param name="isReleased">Whether what waits goes on when the wait has ended.</param>
    public async Task<string> RunAsync(End end, bool isReleased = false)
    {
        // Its prices are for the budget.
        await _client.Catalog.GetCatalogAsync();
        _stall.Arm();

        var running = Task.Run(() => CallAsync(_cancellation.Token));
        await await Task.WhenAny(_stall.Reached, running);
        switch (end)
        {
            case End.Token:
                await _cancellation.CancelAsync();
                break;
            case End.Dispose:
                _client.Dispose();
                break;
            default:
                _clock.Advance(_limit);
                break;
        }

        if (isReleased)
        {
            _stall.Release();
        }

        try
        {
            return await Patience.Wait(running);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == _cancellation.Token)
        {
            return "Canceled";
        }
        catch (ObjectDisposedException)
        {
            return "Disposed";
        }
        catch (CCApiTimeoutException exception)
        {
            return $"Timeout:{exception.Kind}";
        }
        catch (CCApiException exception)
        {
            return exception.GetType().Name;
        }
        catch (TimeoutException)
        {
            return "hangs";
        }
    }

    /// <summary>Waits until that much is reserved; what is reserved after all is part of the outcome.</summary>
    public async Task SettledAsync(decimal reserved)
    {
        try
        {
            await Store.Reserved(reserved);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>Makes the call once more, with the same client.</summary>
    public async Task<string> RepeatAsync()
    {
        try
        {
            return await Patience.Wait(CallAsync(CancellationToken.None));
        }
        catch (TimeoutException)
        {
            return "hangs";
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _httpClient.Dispose();
        _server.Dispose();
        _cancellation.Dispose();
    }

    private async Task<string> CallAsync(CancellationToken cancellationToken)
    {
        switch (_call)
        {
            case Call.Chat:
                return (await _client.Chat.CompleteAsync("m", "Hi", cancellationToken: cancellationToken)).Text!;
            case Call.Stream:
                await using (var stream = _client.Chat.StreamAsync("m", "Hi", cancellationToken: cancellationToken))
                {
                    return (await stream.GetResponseAsync(CancellationToken.None)).Text!;
                }

            case Call.SpeechStream:
                var request = new AudioSpeechRequest { Model = "m", Input = "Hi", Voice = "v" };
                await using (var sound = await _client.Audio.StreamSpeechAsync(request, cancellationToken: cancellationToken))
                {
                    using var reader = new StreamReader(sound);
                    return (await reader.ReadToEndAsync(CancellationToken.None))[..6];
                }

            case Call.StartJob:
                var started = MultimodalImageGenerationRequest.FromPrompt("A cat").WithModel("m");
                return (await _client.Images.StartAsync(started, cancellationToken: cancellationToken)).Id!;
            case Call.PollJob:
                return (await _client.Images.GetJobAsync("job-1", cancellationToken: cancellationToken)).Id!;
            case Call.WaitJob:
                var waitOptions = new ImageJobWaitOptions { Timeout = _limit };
                return (await _client.Images.ResumeJob("job-1").WaitAsync(null, waitOptions, cancellationToken)).Id!;
            default:
                using (HttpContent content = _seam == Seam.Content ? new StreamContent(new StallingSource(_stall)) : new StringContent("ab"))
                using (var response = await _client.SendAsync(HttpMethod.Post, "files", content, cancellationToken: cancellationToken))
                {
                    return await response.ReadAsStringAsync(CancellationToken.None);
                }
        }
    }

    private static bool IsOfCatalog(string request) => request.StartsWith("GET /v1/models", StringComparison.Ordinal);

    private string Respond(string request)
    {
        if (IsOfCatalog(request))
        {
            return RawServer.Json("""{"data":[{"id":"other"}]}""");
        }

        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            return RawServer.Json(Busy, "503 Service Unavailable");
        }

        return _call switch
        {
            Call.Chat => RawServer.Json(Completion),
            Call.Stream => $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n{Chunk}\n\ndata: [DONE]\n\n",
            Call.SpeechStream => $"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nConnection: close\r\n\r\nHello!{new string('.', 1000)}",
            Call.StartJob => RawServer.Json("""{"id":"job-1","status":"queued","poll_url":"/v1/images/jobs/job-1"}""", "202 Accepted"),
            Call.Send => RawServer.Json("{}"),
            _ => RawServer.Json("""{"id":"job-1","status":"completed","data":[{"url":"https://media.test/a.png"}]}"""),
        };
    }
}
