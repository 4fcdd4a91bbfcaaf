using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Emulator.Tests.Support;

/// <summary>An emulator with a clock that stands still, a bare client and the SDK's, both connected to it.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>How long anything may take before a test gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private World(CCApiEmulator emulator, FakeTimeProvider time)
    {
        Emulator = emulator;
        Time = time;
        Client = emulator.CreateClient(Calm);
        Http = new HttpClient { BaseAddress = emulator.BaseAddress, Timeout = Patience };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.ApiKey);
    }

    /// <summary>The token of the test that runs.</summary>
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public CCApiEmulator Emulator { get; }

    /// <summary>The clock of the emulator.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>The SDK's client; it retries without waiting.</summary>
    public CCApiClient Client { get; }

    public HttpClient Http { get; }

    public static async Task<World> StartAsync(Action<CCApiEmulatorOptions>? configure = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var options = new CCApiEmulatorOptions { TimeProvider = time };
        configure?.Invoke(options);
        return new World(await CCApiEmulator.StartAsync(options, Token), time);
    }

    public Task<ReceivedResponse> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Relative(path)));

    /// <summary>Sends a body and checks the response against the contract.</summary>
    public Task<ReceivedResponse> PostAsync(string path, string json, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Relative(path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request);
    }

    /// <summary>Asks one question, with whatever else the body should hold.</summary>
    public Task<ReceivedResponse> ChatAsync(string prompt, string more = "", string model = "openai/gpt-4o-mini") =>
        PostAsync("chat/completions", Body.Chat(prompt, more, model));

    /// <summary>Sends a request and checks the response against the contract.</summary>
    public async Task<ReceivedResponse> SendAsync(HttpRequestMessage request)
    {
        using var message = await Http.SendAsync(request, Token);
        var response = await ReceivedResponse.ReadAsync(message);
        await Contract.CheckAsync(response);
        return response;
    }

    /// <summary>How many requests have reached the emulator: it numbers them.</summary>
    public async Task<int> CountRequestsAsync()
    {
        var response = await GetAsync("models");
        return int.Parse(response.Header("x-request-id")!.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture) - 1;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await Emulator.DisposeAsync();
    }

    private static void Calm(CCApiClientOptions options) => options.Retry.BaseDelay = TimeSpan.Zero;

    private static Uri Relative(string path) => new(path, UriKind.RelativeOrAbsolute);
}
