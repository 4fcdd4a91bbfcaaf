using System;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The client of CCAPI. Make one per application and keep it: it is thread-safe and holds the connections.</summary>
/// <remarks>In an application with dependency injection, use <c>services.AddCcApi()</c> instead of a constructor.</remarks>
public class CCApiClient : IDisposable
{
    private readonly CCApiTransport? _transport;
    private readonly HttpClient? _ownedHttpClient;
    private readonly Lazy<HttpClient>? _downloadClient;

    /// <summary>Makes a client with the default settings.</summary>
    /// <param name="apiKey">The API key.</param>
    /// <exception cref="ArgumentException">The key cannot be sent.</exception>
    public CCApiClient(string apiKey)
        : this(new CCApiClientOptions { ApiKey = apiKey })
    {
    }

    /// <summary>Makes a client that has connections of its own.</summary>
    /// <param name="options">The settings. They are copied.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message contains the fix.</exception>
    public CCApiClient(CCApiClientOptions options)
    {
        var copy = Require.NotNull(options, nameof(options)).CheckedCopy();
        var httpClient = HttpHandlerFactory.CreateClient(copy);
        _ownedHttpClient = httpClient;
        _downloadClient = new Lazy<HttpClient>(() => DownloadHandler.CreateClient(copy));
        _transport = new CCApiTransport(copy, () => httpClient, downloadClient: () => _downloadClient.Value);
        (Chat, Audio, Images, Catalog) = Facades(_transport);
    }

    /// <summary>Makes a client that sends through an HttpClient of the caller's.</summary>
    /// <param name="httpClient">
    /// The caller owns it: it is neither changed nor disposed of. Its Timeout counts too; its handler must not follow redirects.
    /// </param>
    /// <param name="options">The settings. They are copied; the connect budget is the handler's own.</param>
    /// <remarks>
    /// Images and audio behind links are downloaded by a handler that belongs to this client: other hosts get no header or
    /// credential of <paramref name="httpClient"/>. Its proxy does not serve them either: they use <c>HttpClient.DefaultProxy</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">A setting is wrong; the message contains the fix.</exception>
    public CCApiClient(HttpClient httpClient, CCApiClientOptions options)
    {
        var copy = Require.NotNull(options, nameof(options)).CheckedCopy();
        Require.NotNull(httpClient, nameof(httpClient));

        _downloadClient = new Lazy<HttpClient>(() => DownloadHandler.CreateClient(copy));
        _transport = new CCApiTransport(copy, () => httpClient, downloadClient: () => _downloadClient.Value);
        (Chat, Audio, Images, Catalog) = Facades(_transport);
    }

    /// <summary>For fakes: override the facades that are used.</summary>
    protected CCApiClient()
    {
        Chat = null!;
        Audio = null!;
        Images = null!;
        Catalog = null!;
    }

    internal CCApiClient(CCApiTransport transport)
    {
        _transport = transport;
        (Chat, Audio, Images, Catalog) = Facades(transport);
    }

    /// <summary>Adds up what the calls of this client cost: by model, operation, <see cref="CostScope"/> and tag.</summary>
    public virtual CostTracker Costs => Transport.Costs.Tracker;

    /// <summary>Chat completions.</summary>
    public virtual ChatClient Chat { get; }

    /// <summary>Speech.</summary>
    public virtual AudioClient Audio { get; }

    /// <summary>Images and image jobs.</summary>
    public virtual ImagesClient Images { get; }

    /// <summary>Models and providers.</summary>
    public virtual CatalogClient Catalog { get; }

    /// <summary>Makes a client from the environment variables <c>CCAPI_API_KEY</c> and, when it is set, <c>CCAPI_BASE_URL</c>.</summary>
    /// <exception cref="ArgumentException">The key is not set, or one of them is wrong; the message contains the fix.</exception>
    public static CCApiClient FromEnvironment() => new(CCApiClientOptions.FromEnvironment(configure: null));

    /// <summary>
    /// Creates a client from the environment variables <c>CCAPI_API_KEY</c> and, when it is set, <c>CCAPI_BASE_URL</c>, with further
    /// settings from code.
    /// </summary>
    /// <param name="configure">Changes the settings. It runs after the variables were read, so it wins, as with <c>AddCcApi</c>.</param>
    /// <exception cref="ArgumentException">The key is not set, or a setting is wrong; the message contains the fix.</exception>
    /// <example><code>
    /// using var client = CCApiClient.FromEnvironment(options => options.Budget = new CCApiBudget(1.00m));
    /// </code></example>
    public static CCApiClient FromEnvironment(Action<CCApiClientOptions> configure) =>
        new(CCApiClientOptions.FromEnvironment(Require.NotNull(configure, nameof(configure))));

    /// <summary>Makes any other call of the gateway, through the same authentication, retries and error mapping.</summary>
    /// <typeparam name="TRequest">The type of the body.</typeparam>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="method">The HTTP method. All but GET and HEAD count as possibly charged.</param>
    /// <param name="path">The path below the base address, with its query, encoded, such as <c>embeddings</c>.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="requestType">How the body is written, from a source-generated context.</param>
    /// <param name="responseType">How the response is read, from a source-generated context.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The path is empty or does not stay below the base address.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var response = await client.SendAsync(
    ///     HttpMethod.Post, "embeddings", request, AppJson.Default.EmbeddingRequest, AppJson.Default.EmbeddingResponse);
    /// </code></example>
    public virtual Task<TResponse> SendAsync<TRequest, TResponse>(
        HttpMethod method,
        string path,
        TRequest? body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GenericCalls.SendAsync(
            Transport, method, path, body, requestType, responseType, options, cancellationToken);

    /// <summary>Makes any call of the gateway that has no body and whose response is JSON.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="method">The HTTP method. All but GET and HEAD count as possibly charged.</param>
    /// <param name="path">The path below the base address, with its query, encoded, such as <c>videos/1</c>.</param>
    /// <param name="responseType">How the response is read, from a source-generated context.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response; the default of its type when it has no body, as after HEAD, DELETE or 204.</returns>
    /// <exception cref="ArgumentException">The path is empty or does not stay below the base address.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var task = await client.SendAsync(HttpMethod.Get, "videos/1", AppJson.Default.VideoTask);
    /// </code></example>
    public virtual Task<TResponse> SendAsync<TResponse>(
        HttpMethod method,
        string path,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GenericCalls.SendAsync(
            Transport, method, path, content: null, responseType, options, cancellationToken);

    /// <summary>Makes any call of the gateway whose body is bytes, a stream or a form, and whose response is JSON.</summary>
    /// <typeparam name="TResponse">The type of the response.</typeparam>
    /// <param name="method">The HTTP method. All but GET and HEAD count as possibly charged.</param>
    /// <param name="path">The path below the base address, with its query, encoded, such as <c>audio/transcriptions</c>.</param>
    /// <param name="content">
    /// The body, with its media type. It stays the caller's and is not disposed. Bytes, text, JSON, seekable streams and forms of
    /// these are sent again with a retry; a stream that cannot seek and a content of another type are sent once, and the call is
    /// not retried after that.
    /// </param>
    /// <param name="responseType">How the response is read, from a source-generated context.</param>
    /// <param name="options">What differs for this call. The upload is part of the Attempt budget.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response; the default of its type when it has no body, as after HEAD, DELETE or 204.</returns>
    /// <exception cref="ArgumentException">The path is empty or does not stay below the base address.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// using var form = new MultipartFormDataContent
    /// {
    ///     { new StringContent("whisper-1"), "model" },
    ///     { new StreamContent(file), "file", "talk.mp3" },
    /// };
    /// var text = await client.SendAsync(HttpMethod.Post, "audio/transcriptions", form, AppJson.Default.Transcription);
    /// </code></example>
    public virtual Task<TResponse> SendAsync<TResponse>(
        HttpMethod method,
        string path,
        HttpContent content,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GenericCalls.SendAsync(
            Transport,
            method,
            path,
            Require.NotNull(content, nameof(content)),
            responseType,
            options,
            cancellationToken);

    /// <summary>Makes any call of the gateway and returns the open response, whatever it is: bytes, a stream, text, or no body.</summary>
    /// <param name="method">The HTTP method. All but GET and HEAD count as possibly charged.</param>
    /// <param name="path">The path below the base address, with its query, encoded, such as <c>files/1/content</c>.</param>
    /// <param name="content">
    /// The body, with its media type; null for none. It stays the caller's and is not disposed. Bytes, text, JSON, seekable
    /// streams and forms of these are sent again with a retry; a stream that cannot seek and a content of another type are sent
    /// once, and the call is not retried after that.
    /// </param>
    /// <param name="options">
    /// What differs for this call. The upload is part of the Attempt budget; the body is read within Idle and Download.
    /// </param>
    /// <param name="cancellationToken">Cancels the call, also while the body is read.</param>
    /// <returns>
    /// The response, with a success status; the caller disposes it. JSON has been read already, within MaxResponseBytes, because
    /// it may be an error under a success status, which is thrown.
    /// </returns>
    /// <exception cref="ArgumentException">The path is empty or does not stay below the base address.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how. Reading the body throws the same types.</exception>
    /// <example><code>
    /// using var video = await client.SendAsync(HttpMethod.Get, "videos/1/content", content: null);
    /// await video.Body.CopyToAsync(file);
    /// </code></example>
    public virtual Task<CCApiResponse> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GenericCalls.SendAsync(Transport, method, path, content, options, cancellationToken);

    /// <summary>Explains what a chat completion would send and may cost, and what would reject it. Sends nothing.</summary>
    /// <param name="request">The request; with <c>Stream = true</c>, as it would be streamed.</param>
    /// <param name="options">What differs for the call.</param>
    /// <example><code>
    /// Console.WriteLine(client.Explain(request));
    /// </code></example>
    public virtual CallExplanation Explain(ChatCompletionRequest request, CCApiRequestOptions? options = null) =>
        Transport.Explainer.Explain(request, ChatClient.Check, ChatClient.CallFor, options);

    /// <summary>Explains what a speech synthesis would send and may cost, and what would reject it. Sends nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What differs for the call.</param>
    /// <example><code>
    /// Console.WriteLine(client.Explain(request).Curl);
    /// </code></example>
    public virtual CallExplanation Explain(AudioSpeechRequest request, CCApiRequestOptions? options = null) =>
        Transport.Explainer.Explain(request, AudioClient.Check, AudioClient.CallFor, options);

    /// <summary>Explains what an image generation would send and may cost, and what would reject it. Sends nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What differs for the call.</param>
    /// <example><code>
    /// Console.WriteLine(client.Explain(request).AtMost);
    /// </code></example>
    public virtual CallExplanation Explain(LegacyImageGenerationRequest request, CCApiRequestOptions? options = null) =>
        Transport.Explainer.Explain(request, ImagesClient.Check, ImagesClient.CallFor, options);

    /// <summary>Explains what an image job would send and may cost, and what would reject it. Sends nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What differs for the call.</param>
    /// <example><code>
    /// Console.WriteLine(client.Explain(request).AtMost);
    /// </code></example>
    public virtual CallExplanation Explain(MultimodalImageGenerationRequest request, CCApiRequestOptions? options = null) =>
        Transport.Explainer.Explain(request, given => given.Check(nameof(request)), ImagesClient.CallFor, options);

    /// <summary>
    /// Closes the connections that this client created; a caller's HttpClient is not disposed. Calls and streams under way end
    /// with an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The settings; null for a fake.</summary>
    internal CCApiClientOptions? Options => _transport?.Options;

    private CCApiTransport Transport => Require.NotFake(_transport);

    /// <summary>Closes the connections that this client made.</summary>
    /// <param name="disposing">Whether this is a call of <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _transport?.Dispose();
            _ownedHttpClient?.Dispose();
            if (_downloadClient is { IsValueCreated: true })
            {
                _downloadClient.Value.Dispose();
            }
        }
    }

    private static (ChatClient Chat, AudioClient Audio, ImagesClient Images, CatalogClient Catalog) Facades(
        CCApiTransport transport) =>
        (new ChatClient(transport), new AudioClient(transport), new ImagesClient(transport), new CatalogClient(transport));
}
