using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Polly;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

/// <summary>A user interface that blocks while it waits for a call would hang if the call had to resume on it. No call does, whichever of its awaits is the one that waits.</summary>
public class CCApiTransportContextTests
{
    private const string Completion = """{"choices":[{"message":{"role":"assistant","content":"{\"city\":\"Oslo\"}"},"finish_reason":"stop"}]}""";
    private const string ToolCall = """{"choices":[{"message":{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"city","arguments":"{\"city\":\"Oslo\"}"}}]},"finish_reason":"tool_calls"}]}""";
    private const string Chunks = "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hm\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";
    private const string Busy = """{"error":{"message":"busy","code":"overloaded"}}""";
    private const string Unauthorized = """{"error":{"message":"no","code":"unauthorized"}}""";
    private const string List = """{"object":"list","data":[]}""";
    private const string Job = """{"id":"job_1","status":"processing"}""";
    private const string Done = """{"id":"job_1","status":"completed","data":[{"url":"https://media.test/1.png"}]}""";
    private const string Speech = """{"audio_url":"https://media.test/1.mp3"}""";

    private static readonly MultimodalImageGenerationRequest _image = new() { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox." }] };
    private static readonly AudioSpeechRequest _speech = new() { Model = "m", Input = "Hi", Voice = "v" };

    private static readonly Dictionary<string, (Action<WaitingGateway> Respond, Func<CCApiClient, OneWait, Task> Call)> _calls = new(StringComparer.Ordinal)
    {
        ["plain chat"] = (gateway => gateway.Respond(200, Completion), (client, _) => client.Chat.CompleteAsync("m", "Hi")),
        ["tried again"] = (gateway => gateway.Respond(503, Busy).Respond(200, Completion), (client, _) => client.Chat.CompleteAsync("m", "Hi")),
        ["another key"] = (gateway => gateway.Respond(401, Unauthorized).Respond(200, Completion), (client, _) => client.Chat.CompleteAsync("m", "Hi")),
        ["another model"] = (
            gateway => gateway.Respond(503, Busy).Respond(503, Busy).Respond(503, Busy).Respond(503, Busy).Respond(200, Completion),
            (client, _) => client.Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { FailoverModels = ["n"] })),
        ["typed"] = (gateway => gateway.Respond(200, "{}").Respond(200, Completion), (client, _) => client.Chat.CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs)),
        ["tools"] = (gateway => gateway.Respond(200, ToolCall).Respond(200, Completion), (client, wait) => EnumerateAsync(client.Chat.RunAsync(ChatScript.Request, Tools(wait)))),
        ["streamed tools"] = (
            gateway => gateway.Respond(200, Chunks, "text/event-stream"),
            (client, wait) => EnumerateAsync(client.Chat.RunAsync(ChatScript.Request, Tools(wait), new ChatRunOptions { Stream = true }))),
        ["stream, chunks"] = (gateway => gateway.Respond(200, Chunks, "text/event-stream"), (client, _) => StreamAsync(client, stream => EnumerateAsync(stream))),
        ["stream, text"] = (gateway => gateway.Respond(200, Chunks, "text/event-stream"), (client, _) => StreamAsync(client, stream => EnumerateAsync(stream.ReadTextAsync()))),
        ["stream, reasoning"] = (
            gateway => gateway.Respond(200, Chunks, "text/event-stream"),
            (client, _) => StreamAsync(client, stream => EnumerateAsync(stream.ReadReasoningAsync()))),
        ["stream, updates"] = (
            gateway => gateway.Respond(200, Chunks, "text/event-stream"),
            (client, _) => StreamAsync(client, stream => EnumerateAsync(stream.ReadUpdatesAsync()))),
        ["stream, thinking"] = (
            gateway => gateway.Respond(200, Chunks, "text/event-stream"),
            (client, _) => StreamAsync(client, stream => stream.GetResponseAsync(), new CCApiRequestOptions { SeparateThinking = true })),
        ["stream, whole"] = (gateway => gateway.Respond(200, Chunks, "text/event-stream"), (client, _) => StreamAsync(client, stream => stream.GetResponseAsync())),
        ["stream, plain response"] = (gateway => gateway.Respond(200, Completion), (client, _) => StreamAsync(client, stream => EnumerateAsync(stream))),
        ["stream, tried again"] = (
            gateway => gateway.Respond(503, Busy).Respond(200, Chunks, "text/event-stream"),
            (client, _) => StreamAsync(client, stream => stream.GetResponseAsync())),
        ["stream, another model"] = (
            gateway => gateway.Respond(503, Busy).Respond(503, Busy).Respond(503, Busy).Respond(503, Busy).Respond(200, Chunks, "text/event-stream"),
            (client, _) => StreamAsync(client, stream => stream.GetResponseAsync(), new CCApiRequestOptions { FailoverModels = ["n"] })),
        ["speech"] = (gateway => gateway.Respond(200, Speech), (client, _) => client.Audio.CreateSpeechAsync(_speech)),
        ["speech, streamed"] = (
            gateway => gateway.Respond(200, "mp3", "audio/mpeg"),
            async (client, _) => await ReadAsync(await client.Audio.StreamSpeechAsync(_speech).ConfigureAwait(false)).ConfigureAwait(false)),
        ["speech, saved"] = (gateway => gateway.Respond(200, Speech).Respond(200, "mp3", "audio/mpeg"), (client, _) => SaveAsync(client)),
        ["image, job"] = (gateway => gateway.Respond(202, Job).Respond(200, Job).Respond(200, Done), (client, _) => client.Images.GenerateAsync(_image)),
        ["image, legacy"] = (gateway => gateway.Respond(200, List), (client, _) => client.Images.GenerateAsync("m", "A fox.")),
        ["image, opened"] = (
            gateway => gateway.Respond(200, "png", "image/png"),
            async (client, _) => await ReadAsync(await client.Images.OpenReadAsync(new ImageDatum { Url = "https://media.test/1.png" }).ConfigureAwait(false)).ConfigureAwait(false)),
        ["models"] = (gateway => gateway.Respond(200, List), (client, _) => client.Catalog.ListModelsAsync()),
        ["every model"] = (gateway => gateway.Respond(200, List), (client, _) => EnumerateAsync(client.Catalog.EnumerateModelsAsync())),
        ["limited"] = (gateway => gateway.Respond(503, Busy).Respond(200, Completion), (client, _) => client.Chat.CompleteAsync("m", "Hi")),
        ["with strategies"] = (gateway => gateway.Respond(503, Busy).Respond(200, Completion), (client, _) => client.Chat.CompleteAsync("m", "Hi")),
        ["with strategies and a limiter"] = (gateway => gateway.Respond(503, Busy).Respond(200, Completion), (client, _) => client.Chat.CompleteAsync("m", "Hi")),
        ["within a budget"] = (gateway => gateway.Respond(200, List).Respond(503, Busy).Respond(200, Completion), (client, _) => client.Chat.CompleteAsync("m", "Hi")),
        ["any content"] = (
            gateway => gateway.Respond(200, "{}"),
            (client, wait) => client.SendAsync(HttpMethod.Post, "files", Form(wait), JsonTypes.Element, new CCApiRequestOptions { IdempotencyKey = "key-1" })),
        ["any content, opened"] = (gateway => gateway.Respond(200, "png", "image/png"), (client, wait) => ReadContentAsync(client, wait)),
        ["any other"] = (gateway => gateway.Respond(200, "{}"), (client, _) => client.SendAsync(HttpMethod.Post, "embeddings", ChatMessage.User("Hi"), JsonTypes.Message, JsonTypes.Element)),
    };

    public static TheoryData<string> Calls => [.. _calls.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_AnyAwaitIsPending_DoesNotResumeOnItsContext(string name)
    {
        var (respond, make) = _calls[name];
        var place = 0;
        OneWait wait;
        do
        {
            wait = new OneWait(++place);
            var gateway = new WaitingGateway(wait);
            respond(gateway);
            using var client = CreateClient(gateway, wait, name);
            var context = new CountingContext();

            var call = context.Begin(() => make(client, wait));
            await Patience.Wait(Task.WhenAny(call, wait.Reached));
            wait.Open();
            await Patience.Wait(call);

            Assert.True(context.Count == 0, $"It came back from place {place}.");
        }
        while (wait.Reached.IsCompleted);

        // The key, the request, the headers and the body.
        Assert.True(place > 4);
    }

    private static CCApiClient CreateClient(WaitingGateway gateway, OneWait wait, string name)
    {
        var keys = 0;
        var options = new CCApiClientOptions
        {
            TimeProvider = new SkippingTime(),
            ApiKeyProvider = async _ =>
            {
                await wait.PassAsync().ConfigureAwait(false);
                return $"sk-{++keys}";
            },
        };
        options.Retry.BaseDelay = TimeSpan.Zero;
        if (name.Contains("limit"))
        {
            options.RateLimiter = new WaitingLimiter(wait);
        }

        if (name.Contains("strategies"))
        {
            options.ConfigureResilience = builder => builder.AddStrategy(_ => new WaitingStrategy(wait), new WaitingOptions());
        }

        if (name.Contains("budget"))
        {
            options.Budget = new CCApiBudget(new WaitingStore(wait), "team") { UnknownPriceReservation = 1 };
        }

        var httpClient = new HttpClient(gateway);
        return new CCApiClient(new CCApiTransport(options.CheckedCopy(), () => httpClient, downloadClient: () => httpClient));
    }

    private static ChatTools Tools(OneWait wait)
    {
        var tools = new ChatTools();
        tools.Add("city", "Knows a city.", SampleJson.Default.CityArgs, async (city, _) =>
        {
            await wait.PassAsync().ConfigureAwait(false);
            return city.City;
        });
        return tools;
    }

    private static async Task EnumerateAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var item in items.ConfigureAwait(false))
        {
            Assert.NotNull(item);
        }
    }

    private static async Task StreamAsync(CCApiClient client, Func<StreamingChatCompletion, Task> read, CCApiRequestOptions? options = null)
    {
        var stream = client.Chat.StreamAsync("m", "Hi", options);
        try
        {
            await read(stream).ConfigureAwait(false);
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync(Stream stream)
    {
        using (stream)
        {
            await stream.CopyToAsync(Stream.Null).ConfigureAwait(false);
        }
    }

    private static async Task ReadContentAsync(CCApiClient client, OneWait wait)
    {
        var options = new CCApiRequestOptions { IdempotencyKey = "key-1" };
        using var response = await client.SendAsync(HttpMethod.Post, "files", Form(wait), options).ConfigureAwait(false);

        Assert.Equal("png", await response.ReadAsStringAsync().ConfigureAwait(false));
    }

    private static async Task SaveAsync(CCApiClient client)
    {
        using var folder = new TemporaryFolder();
        await client.Audio.SpeakToFileAsync(_speech, folder.At("a.mp3")).ConfigureAwait(false);
    }

    private static MultipartFormDataContent Form(OneWait wait) => new() { { new StreamContent(new WaitingSource(wait)), "file" } };

    private sealed class WaitingSource(OneWait wait) : MemoryStream([1])
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await wait.PassAsync().ConfigureAwait(false);
            await destination.WriteAsync([1], 0, 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class WaitingLimiter(OneWait wait) : RateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease();

        protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        {
            await wait.PassAsync().ConfigureAwait(false);
            return new Lease();
        }

        private sealed class Lease : RateLimitLease
        {
            public override bool IsAcquired => true;

            public override IEnumerable<string> MetadataNames => [];

            public override bool TryGetMetadata(string metadataName, out object? metadata)
            {
                metadata = null;
                return false;
            }
        }
    }

    private sealed class WaitingOptions : ResilienceStrategyOptions;

    /// <summary>A strategy that makes a failed attempt again.</summary>
    private sealed class WaitingStrategy(OneWait wait) : ResilienceStrategy
    {
        protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
        {
            await wait.PassAsync().ConfigureAwait(false);
            var outcome = await callback(context, state).ConfigureAwait(false);

            return outcome.Exception is null ? outcome : await callback(context, state).ConfigureAwait(false);
        }
    }

    private sealed class WaitingStore(OneWait wait) : IBudgetStore
    {
        public async ValueTask<BudgetDecision> ReserveAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
        {
            await wait.PassAsync().ConfigureAwait(false);
            return new BudgetDecision(isReserved: true, default);
        }

        public async ValueTask<bool> MarkSentAsync(string scope, string reservationId, CancellationToken cancellationToken = default)
        {
            await wait.PassAsync().ConfigureAwait(false);
            return true;
        }

        public async ValueTask<BudgetState> SettleAsync(string scope, string reservationId, decimal amount, CancellationToken cancellationToken = default)
        {
            await wait.PassAsync().ConfigureAwait(false);
            return default;
        }

        public ValueTask<BudgetState> GetStateAsync(string scope, CancellationToken cancellationToken = default) => default;
    }

    /// <summary>Counts what is posted to it.</summary>
    private sealed class CountingContext : SynchronizationContext
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task Begin(Func<Task> call)
        {
            var own = Current;
            SetSynchronizationContext(this);
            try
            {
                return call();
            }
            finally
            {
                SetSynchronizationContext(own);
            }
        }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _count);
            base.Post(d, state);
        }

        public override void Send(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _count);
            base.Send(d, state);
        }
    }
}
