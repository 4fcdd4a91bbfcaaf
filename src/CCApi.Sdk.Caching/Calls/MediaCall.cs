using System;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>
/// One call of a caller, which is sent when the cache has no response and no equal call is under way. It goes on without its
/// caller while others wait for it.
/// </summary>
/// <param name="client">The facade that sends it.</param>
/// <param name="options">The options of the caller.</param>
/// <param name="model">The model of the request.</param>
/// <param name="maxBytes">The largest response that is kept.</param>
internal abstract class MediaCall<T>(object client, CallOptions options, string? model, int maxBytes)
    where T : class, IJsonModel
{
    // The cache sends on a thread of the pool, which has not the CostScope and the Activity of the caller.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>The facade that sends it.</summary>
    public object Client => client;

    /// <summary>The options of the caller.</summary>
    public CallOptions Options => options;

    /// <summary>Whether it was sent, and not responded to from the cache or by the call of another caller.</summary>
    public bool IsSent { get; private set; }

    /// <summary>The response, when it was sent and has succeeded.</summary>
    public T? Response { get; private set; }

    protected string? Model => model;

    /// <summary>Sends it without the cache.</summary>
    public abstract Task<T> SendAsync(CancellationToken cancellationToken);

    /// <summary>Sends it, and makes an entry of the response.</summary>
    /// <exception cref="SharedOutcomeException">It failed, or its response is not to be kept.</exception>
    public async ValueTask<CachedMedia> RunAsync(CancellationToken cancellationToken)
    {
        IsSent = true;
        CachedMedia entry;
        bool isKept;
        try
        {
            var response = await SendInContextAsync(cancellationToken).ConfigureAwait(false);
            (entry, isKept) = await StoreAsync(response, cancellationToken).ConfigureAwait(false);
            Response = response;
        }
#pragma warning disable CA1031 // Whatever it is, it is rethrown to each caller.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new SharedOutcomeException(exception, client);
        }

        return isKept ? entry : throw new SharedOutcomeException(entry);
    }

    /// <summary>The response for a caller for whom nothing was charged; null when the entry is not such a response.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="elapsed">How long the caller has waited.</param>
    public T? Read(CachedMedia entry, TimeSpan elapsed)
    {
        if (!entry.IsReadable || Parse(entry.Response) is not { } response)
        {
            return null;
        }

        var parts = PartsOf(response);
        var isWhole = parts.Length == entry.Blobs.Count;
        if (!isWhole)
        {
            return null;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (entry.Blobs[i] is { } blob)
            {
                Put(response, i, new MediaPart(new Base64Data(blob.Bytes), blob.MediaType, parts[i].Url));
            }
        }

        SetInfo(response, new CCApiResponseInfo
        {
            StatusCode = HttpStatusCode.OK,
            Elapsed = elapsed,
            Attempts = [],
            Cost = new CCApiCost(0, Currencies.Usd, CostSource.Cache, model),
        });
        return response;
    }

    protected abstract T? ReadFrom(ref Utf8JsonReader reader);

    /// <summary>Where the media of a response are.</summary>
    protected abstract MediaPart[] PartsOf(T response);

    /// <summary>Puts one of the media into a response.</summary>
    protected abstract void Put(T response, int index, MediaPart part);

    /// <summary>Opens one of the media.</summary>
    protected abstract Task<MediaStream> OpenAsync(T response, int index, CancellationToken cancellationToken);

    protected abstract void SetInfo(T response, CCApiResponseInfo info);

    /// <summary>Whether the requested model made the response, and not one that the call failed over to.</summary>
    protected abstract bool IsOfModel(T response);

    private Task<T> SendInContextAsync(CancellationToken cancellationToken)
    {
        if (_context is null)
        {
            return SendAsync(cancellationToken);
        }

        Task<T>? sending = null;
        ExecutionContext.Run(_context, _ => sending = SendAsync(cancellationToken), null);
        return sending!;
    }

    /// <summary>Makes an entry of a response, with the media behind its links, which expire.</summary>
    private async Task<(CachedMedia Entry, bool IsKept)> StoreAsync(T response, CancellationToken cancellationToken)
    {
        var parts = PartsOf(response);
        var isKept = IsOfModel(response) && parts.Length > 0;
        var budget = (long)maxBytes;
        for (var i = 0; i < parts.Length; i++)
        {
            if (isKept && !parts[i].HasData)
            {
                parts[i] = await DownloadAsync(response, i, parts[i], budget, cancellationToken).ConfigureAwait(false);
                Put(response, i, parts[i]);
            }

            isKept &= parts[i].HasData;
            budget -= parts[i].Data?.Length ?? 0;
        }

        var entry = new CachedMedia(JsonWithoutMedia(response, parts, keepsLinks: !isKept), [.. parts.Select(BlobOf)]);
        return (entry, isKept && entry.Bytes <= maxBytes);
    }

    /// <summary>Downloads what is behind a link. The response is paid, so that a failure here only means that it is not kept.</summary>
    private async Task<MediaPart> DownloadAsync(T response, int index, MediaPart part, long budget, CancellationToken cancellationToken)
    {
        if (!part.HasLink)
        {
            return part;
        }

        try
        {
            using var media = await OpenAsync(response, index, cancellationToken).ConfigureAwait(false);
            var bytes = await BoundedRead.ToEndAsync(media, budget, cancellationToken).ConfigureAwait(false);
            return bytes is null ? part : new MediaPart(new Base64Data(bytes), media.MediaType, part.Url);
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return part;
        }
    }

    /// <summary>The response is still nobody else's, so that its media can be taken out for a moment.</summary>
    private byte[] JsonWithoutMedia(T response, MediaPart[] parts, bool keepsLinks)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            Put(response, i, new MediaPart(null, null, keepsLinks ? parts[i].Url : null));
        }

        var json = ModelJson.Write(response);
        for (var i = 0; i < parts.Length; i++)
        {
            Put(response, i, parts[i]);
        }

        return json.ToArray();
    }

    private T? Parse(byte[] json)
    {
        try
        {
            var reader = JsonRead.Of(json);
            reader.Read();
            return ReadFrom(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CachedBlob? BlobOf(MediaPart part) => part.HasData ? new CachedBlob(part.Data!.Bytes, part.MediaType) : null;
}
