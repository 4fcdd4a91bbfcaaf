using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests.Support;

/// <summary>An application that takes webhooks over a real socket, and an emulator that posts them, by a clock that the test moves.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string Secret = "a-secret-that-nobody-logs";

    /// <summary>The name of a client that calls the emulator, whatever the other one calls.</summary>
    public const string KeyedClient = "second";

    /// <summary>How long anything may take before a test gives up.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly CCApiClient _client;
    private readonly HttpClient _http;
    private readonly FakeTimeProvider _time;
    private readonly ConcurrentQueue<MultimodalImageGenerationResponse> _handled = new();

    private Site(WebApplication app, CCApiEmulator emulator, FakeTimeProvider time, Messages messages)
    {
        (_app, Emulator, _time, Messages) = (app, emulator, time, messages);
        _client = emulator.CreateClient();
        _http = new HttpClient { Timeout = _patience };
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public CCApiEmulator Emulator { get; }

    public Messages Messages { get; }

    /// <summary>What the handler got.</summary>
    public IReadOnlyList<MultimodalImageGenerationResponse> Handled => [.. _handled];

    /// <summary>Called by the handler, after the job was noted.</summary>
    public Func<HttpContext, CancellationToken, Task> OnJob { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Hook => new(new Uri(_app.Urls.Single()), "hooks/ccapi");

    public Uri HookWithSecret => new($"{Hook}?secret={Secret}");

    /// <param name="configure">The options of the endpoint, which have the secret.</param>
    /// <param name="client">The options of the application's client, which calls the emulator.</param>
    /// <param name="sharesClock">Whether the application goes by the clock of the emulator too.</param>
    public static async Task<Site> StartAsync(Action<CCApiWebhookOptions>? configure = null, Action<CCApiClientOptions>? client = null, bool sharesClock = false)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { TimeProvider = time, ApiKey = "sk-a-key-that-nobody-logs" }, Token);
        var messages = new Messages();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(sharesClock ? time : TimeProvider.System);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        builder.Services.AddSingleton<ILoggerProvider>(messages);
        builder.Services.AddCcApi(options =>
        {
            (options.ApiKey, options.BaseAddress, options.Retry.MaxRetries) = (emulator.ApiKey, emulator.BaseAddress, 0);
            client?.Invoke(options);
        });
        builder.Services.AddKeyedCcApi(
            KeyedClient, options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress));
        var app = builder.Build();
        var site = new Site(app, emulator, time, messages);
        app.MapCcApiWebhooks(
            "/hooks/ccapi",
            (context, job, cancellationToken) =>
            {
                site._handled.Enqueue(job);
                return site.OnJob(context, cancellationToken);
            },
            options =>
            {
                options.Secret = Secret;
                configure?.Invoke(options);
            });
        await app.StartAsync(Token);
        return site;
    }

    /// <summary>Starts a job that announces its end to the endpoint.</summary>
    public async Task<string> OrderAsync(string model = "imaginepro/nano-banana", Uri? hook = null)
    {
        var job = await _client.Images.StartAsync(
            new MultimodalImageGenerationRequest
            {
                Model = model,
                Contents = [new MultimodalInputContent { Text = "A fox" }],
                Parameters = new MultimodalImageParameters { Width = 32, Height = 32 },
                WebhookUrl = (hook ?? HookWithSecret).AbsoluteUri,
            },
            options: null,
            Token);
        return job.Id!;
    }

    /// <summary>Posts a body as the service would, or as somebody who forges one.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, Uri? url = null) => SendAsync(new HttpRequestMessage(HttpMethod.Post, url ?? HookWithSecret), body);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? body = null)
    {
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return _http.SendAsync(request, Token);
    }

    /// <summary>Posts a body and lets the clock run until the response.</summary>
    public async Task<HttpResponseMessage> PostWhileTimePassesAsync(string body)
    {
        var post = PostAsync(body);
        while (!post.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Yield();
        }

        return await post;
    }

    /// <summary>Lets the clock of the emulator run until it has made so many deliveries.</summary>
    public async Task<IReadOnlyList<EmulatorWebhookDelivery>> DeliveriesAsync(int count)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (Emulator.WebhookDeliveries.Count < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Yield();
        }

        return Emulator.WebhookDeliveries;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _client.Dispose();
        await Emulator.DisposeAsync();
        await _app.DisposeAsync();
    }
}
