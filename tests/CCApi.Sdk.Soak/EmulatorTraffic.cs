using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;

namespace CCApi.Sdk.Soak;

/// <summary>An hour's worth of requests to the emulator at full speed: its memory must stay level. Also measures requests per second.</summary>
internal sealed class EmulatorTraffic : IDisposable
{
    private const int Workers = 32;
    private const int Rows = 12;

    private readonly HttpClient _http;
    private long _sent;
    private long _failed;

    private EmulatorTraffic(CCApiEmulator emulator)
    {
        _http = new HttpClient { BaseAddress = emulator.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.ApiKey);
    }

    /// <summary>Sends requests of every kind and prints the memory after each twelfth. Returns whether it stayed level.</summary>
    public static async Task<bool> RunAsync(long requests)
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Credits = 1_000_000_000m, JobDuration = TimeSpan.FromMilliseconds(50) });
        using var traffic = new EmulatorTraffic(emulator);
        await traffic.MeasureAsync("GET /models?limit=1", () => traffic._http.GetAsync(Relative("models?limit=1")));
        await traffic.MeasureAsync("POST /chat/completions", () => traffic.PostAsync("chat/completions", Chat("How much is 12 * 3?", string.Empty)));

        var rows = new List<Vitals>();
        var start = Stopwatch.GetTimestamp();
        var begin = Interlocked.Read(ref traffic._sent);
        for (var row = 1; row <= Rows; row++)
        {
            await traffic.SendAsync(begin + (requests * row / Rows));
            rows.Add(Vitals.Take());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref traffic._sent) - begin,10} requests {Stopwatch.GetElapsedTime(start).TotalSeconds,6:0} s  {rows[^1]}"));
        }

        // By the middle every store has been full for long.
        var growth = rows[^1].GrowthSince(rows[Rows / 2]);
        foreach (var item in growth)
        {
            Console.WriteLine($"grows: {item}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"failed: {traffic._failed}; charges in the ledger: {emulator.Ledger.Charges.Count}; requests kept: {emulator.Requests.Count}"));
        return growth.Count == 0 && traffic._failed == 0;
    }

    public void Dispose() => _http.Dispose();

    private async Task MeasureAsync(string what, Func<Task<HttpResponseMessage>> send)
    {
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => CheckAsync(send)));
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5))
            {
                await CheckAsync(send);
                Interlocked.Increment(ref count);
            }
        }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count / Stopwatch.GetElapsedTime(start).TotalSeconds:0} requests per second, client in the same process"));
    }

    private Task SendAsync(long until) => Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
    {
        while (Interlocked.Increment(ref _sent) is var number && number <= until)
        {
            await CheckAsync(() => SendOneAsync(number));
        }

        Interlocked.Decrement(ref _sent);
    }));

    /// <summary>Of a hundred requests, most are chats, no two of them alike; the rest is everything else.</summary>
    private Task<HttpResponseMessage> SendOneAsync(long number) => (number % 100) switch
    {
        < 55 => PostAsync("chat/completions", Chat($"Describe idea {number} in a few words.", string.Empty), key: $"key-{number}"),
        < 75 => PostAsync("chat/completions", Chat($"Outline plan {number}.", ",\"stream\":true,\"logprobs\":true")),
        < 80 => PostAsync("chat/completions", Chat($"List {number} things.", ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"object\",\"properties\":{\"count\":{\"type\":\"integer\"}},\"required\":[\"count\"]}}}")),
        < 90 => _http.GetAsync(Relative("models")),
        < 93 => _http.GetAsync(Relative("providers")),
        < 96 => PostAsync("audio/speech", $$"""{"model":"elevenlabs/eleven_turbo_v2","voice":"aria","input":"Number {{number}}."}"""),
        < 98 => PostAsync("images/generations", $$"""{"model":"openai/gpt-image-1","prompt":"Number {{number}}","size":"64x64"}"""),
        _ => PostAsync("images/generate", $$$"""{"model":"imaginepro/nano-banana","contents":[{"text":"Number {{{number}}}"}],"parameters":{"width":64,"height":64}}"""),
    };

    private async Task CheckAsync(Func<Task<HttpResponseMessage>> send)
    {
        using var response = await send();
        await response.Content.ReadAsByteArrayAsync();
        if (!response.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string? key = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Relative(path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        return await _http.SendAsync(message);
    }

    private static string Chat(string prompt, string more) => $$"""{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"{{prompt}}"}]{{more}}}""";

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
