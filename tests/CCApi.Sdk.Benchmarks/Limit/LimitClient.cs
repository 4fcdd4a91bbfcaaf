using System;
using System.Buffers;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Benchmarks;

/// <summary>
/// The calls hand-written for one program, as fast as careful code gets: pooled buffers, one Utf8JsonReader pass, and only the members that the program reads. It has no
/// retries, time-outs, error mapping or leniency.
/// </summary>
public sealed class LimitClient
{
    private static readonly MediaTypeHeaderValue _json = new("application/json");
    private readonly HttpMessageInvoker _http;
    private readonly Uri _chat;
    private readonly Uri _images;
    private readonly Uri _models;

    public LimitClient(HttpMessageHandler handler, Uri baseAddress)
    {
        _http = new HttpMessageInvoker(handler);
        _chat = new Uri(baseAddress, "chat/completions");
        _images = new Uri(baseAddress, "images/generations");
        _models = new Uri(baseAddress, "models");
    }

    public async Task<LimitCompletion> CompleteAsync(LimitRequest request)
    {
        using var response = await SendAsync(_chat, request).ConfigureAwait(false);
        return await ReadAsync(response, LimitJson.Completion).ConfigureAwait(false);
    }

    public async Task<LimitImage> GenerateAsync(string model, string prompt)
    {
        using var response = await SendAsync(_images, new LimitRequest(model, [new LimitMessage("user", prompt)])).ConfigureAwait(false);
        return await ReadAsync(response, LimitJson.Image).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<LimitModel>> ListModelsAsync()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, _models);
        message.Headers.TryAddWithoutValidation("Authorization", "Bearer key");
        using var response = await _http.SendAsync(message, CancellationToken.None).ConfigureAwait(false);
        return await ReadAsync(response, LimitJson.Models).ConfigureAwait(false);
    }

    /// <summary>The pieces of the text, each as a string of its own.</summary>
    public IAsyncEnumerable<string> StreamTextAsync(LimitRequest request, CancellationToken cancellationToken = default) =>
        StreamAsync(request, LimitJson.ChunkText, cancellationToken);

    /// <summary>The chunks, each as an object of its own.</summary>
    public IAsyncEnumerable<LimitCompletion> StreamChunksAsync(LimitRequest request, CancellationToken cancellationToken = default) =>
        StreamAsync(request, new LimitChunkReader().Read, cancellationToken);

    private async IAsyncEnumerable<T> StreamAsync<T>(LimitRequest request, LimitJson.Reading<T?> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(_chat, request).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            var (start, end) = (0, 0);
            while (true)
            {
                if (end == buffer.Length)
                {
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    (start, end) = (0, end - start);
                }

                var count = await body.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    yield break;
                }

                end += count;
                while (buffer.AsSpan(start, end - start).IndexOf((byte)'\n') is var length && length >= 0)
                {
                    var line = buffer.AsMemory(start, length);
                    start += length + 1;
                    if (line.Span.StartsWith("data: {"u8) && read(line.Span.Slice("data: ".Length)) is { } item)
                    {
                        yield return item;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri uri, LimitRequest request)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(body))
        {
            LimitJson.Write(writer, request);
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ReadOnlyMemoryContent(body.WrittenMemory) { Headers = { ContentType = _json } } };
        message.Headers.TryAddWithoutValidation("Authorization", "Bearer key");
        var response = await _http.SendAsync(message, CancellationToken.None).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return response;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, LimitJson.Reading<T> read)
    {
        using var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var length = (int)response.Content.Headers.ContentLength!.Value;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(0, length)).ConfigureAwait(false);
            return read(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
