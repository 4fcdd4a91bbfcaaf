using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Benchmarks;

/// <summary>The calls as they are written without an SDK: HttpClient, source-generated System.Text.Json and SseParser.</summary>
public sealed class FloorClient
{
    private readonly HttpClient _http;

    public FloorClient(HttpMessageHandler handler, Uri baseAddress)
    {
        _http = new HttpClient(handler) { BaseAddress = baseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
    }

    public async Task<FloorCompletion?> CompleteAsync(FloorRequest request)
    {
        using var response = await _http.PostAsJsonAsync("chat/completions", request, FloorJson.Default.FloorRequest).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(FloorJson.Default.FloorCompletion).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<FloorCompletion> StreamAsync(FloorRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "chat/completions") { Content = JsonContent.Create(request, FloorJson.Default.FloorRequest) };
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(body, static (_, data) => Parse(data)).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Data is null)
            {
                yield break;
            }

            yield return item.Data;
        }
    }

    public async Task<FloorImages?> GenerateAsync(FloorImageRequest request)
    {
        using var response = await _http.PostAsJsonAsync("images/generations", request, FloorJson.Default.FloorImageRequest).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(FloorJson.Default.FloorImages).ConfigureAwait(false);
    }

    public async Task<FloorModels?> ListModelsAsync()
    {
        using var response = await _http.GetAsync(new Uri("models", UriKind.Relative)).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(FloorJson.Default.FloorModels).ConfigureAwait(false);
    }

    private static FloorCompletion? Parse(ReadOnlySpan<byte> data) =>
        data.SequenceEqual("[DONE]"u8) ? null : JsonSerializer.Deserialize(data, FloorJson.Default.FloorCompletion);
}
