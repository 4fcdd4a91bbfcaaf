using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Everything that a stream gave its reader, as texts that can be compared.</summary>
/// <param name="Chunks">The chunks; null when it was read as text.</param>
/// <param name="Text">The text of choice 0.</param>
/// <param name="Response">The assembled response.</param>
/// <param name="IsTruncated">Whether the response is marked as truncated.</param>
/// <param name="Error">The exception, without what it quotes of the wire.</param>
internal sealed record StreamOutcome(IReadOnlyList<string>? Chunks, string? Text, string Response, bool IsTruncated, string? Error)
{
    private static readonly CCApiClientOptions _options = new() { ApiKey = "sk-script" };

    /// <summary>Reads chunk by chunk.</summary>
    public static async Task<StreamOutcome> OfChunksAsync(PiecewiseStream body)
    {
        var stream = Stream(body);
        var chunks = new List<string>();
        CCApiException? error = null;
        try
        {
            await foreach (var chunk in stream)
            {
                chunks.Add(Wire.Write(chunk));
            }
        }
        catch (CCApiException exception)
        {
            error = exception;
        }

        var response = await stream.GetResponseAsync();
        return new StreamOutcome(chunks, response.Text, Wire.Write(response), response.IsTruncated, Say(error, response));
    }

    /// <summary>Reads as text.</summary>
    public static async Task<StreamOutcome> OfTextAsync(PiecewiseStream body)
    {
        var stream = Stream(body);
        var text = new StringBuilder();
        CCApiException? error = null;
        try
        {
            await foreach (var piece in stream.ReadTextAsync())
            {
                text.Append(piece);
            }
        }
        catch (CCApiException exception)
        {
            error = exception;
        }

        var response = await stream.GetResponseAsync();

        // No text and an empty one are the same to who reads pieces.
        return new StreamOutcome(null, text.Length == 0 && response.Text is null ? null : text.ToString(), Wire.Write(response), response.IsTruncated, Say(error, response));
    }

    /// <summary>A stream with less around it than a <see cref="ChatScript"/> has: tests read tens of thousands.</summary>
    private static StreamingChatCompletion Stream(PiecewiseStream body) =>
        new CCApiClient(new HttpClient(new Gateway(body)) { Timeout = Timeout.InfiniteTimeSpan }, _options).Chat.StreamAsync("m", "Hi");

    private static string? Say(CCApiException? error, ChatCompletionResponse response)
    {
        if (error is null)
        {
            return null;
        }

        var isWhole = error.PartialResponse is { } part && Wire.Write(part) == Wire.Write(response);
        return $"{error.GetType().Name}: {error.GatewayMessage} ({error.Code}), {(isWhole ? "with" : "without")} what was received";
    }

    private sealed class Gateway : HttpMessageHandler
    {
        private readonly PiecewiseStream _body;

        public Gateway(PiecewiseStream body) => _body = body;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(_body);
            content.Headers.TryAddWithoutValidation("Content-Type", ApiRequest.EventStream);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
        }
    }
}
