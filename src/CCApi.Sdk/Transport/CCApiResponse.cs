using System;
using System.IO;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// A response whose body is still open: its status, its headers and the body as a stream. Disposing it closes the connection.
/// </summary>
/// <remarks>
/// Not thread-safe. The body can be read once. Reads obey the idle and download budgets and end when the call is canceled.
/// </remarks>
public sealed class CCApiResponse : IDisposable
{
    /// <summary>Creates a response, as for fakes.</summary>
    /// <param name="body">The body; disposed with the response.</param>
    /// <param name="mediaType">The media type of the body, such as <c>video/mp4</c>; null when it is not known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public CCApiResponse(Stream body, string? mediaType = null)
    {
        Body = Require.NotNull(body, nameof(body));
        MediaType = mediaType;
    }

    /// <summary>The body. It is empty where the gateway sent none, as after 204 or HEAD.</summary>
    public Stream Body { get; }

    /// <summary>The media type of the body, without its parameters; null when the gateway sent none.</summary>
    public string? MediaType { get; }

    /// <summary>The headers of the body, such as Content-Disposition; null when created for tests.</summary>
    public HttpContentHeaders? ContentHeaders { get; init; }

    /// <summary>The status, request id, headers, attempts and time of the call.</summary>
    public CCApiResponseInfo Info { get; init; } = new() { StatusCode = HttpStatusCode.OK };

    /// <summary>The status: always a success, because others are exceptions.</summary>
    public HttpStatusCode StatusCode => Info.StatusCode;

    internal long MaxBytes { get; init; } = CCApiDefaults.MaxResponseBytes;

    /// <summary>Reads the rest of the body into memory.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="CCApiProtocolException">The body is larger than <see cref="CCApiClientOptions.MaxResponseBytes"/>.</exception>
    /// <exception cref="CCApiException">The body was truncated or ran out of a budget; the type specifies how.</exception>
    public async Task<byte[]> ReadAsBytesAsync(CancellationToken cancellationToken = default)
    {
        using var body = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return body.Written.ToArray();
    }

    /// <summary>Reads the rest of the body as text, in the character set of its media type, else as UTF-8.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="CCApiProtocolException">The body is larger than <see cref="CCApiClientOptions.MaxResponseBytes"/>.</exception>
    /// <exception cref="CCApiException">The body was truncated or ran out of a budget; the type specifies how.</exception>
    public async Task<string> ReadAsStringAsync(CancellationToken cancellationToken = default)
    {
        return TextOf(await ReadAsBytesAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => Body.Dispose();

    private async Task<PooledBuffer> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new PooledBuffer();
        try
        {
            while (await Body.ReadSomeAsync(buffer.GetMemory(), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                buffer.Advance(read);
                if (buffer.Length > MaxBytes)
                {
                    throw TooLarge();
                }
            }

            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private CCApiProtocolException TooLarge() => new(
        FormattableString.Invariant($"The body is larger than {MaxBytes} bytes. ")
        + $"Read {nameof(CCApiResponse)}.{nameof(Body)} as a stream, or raise CCApiClientOptions.MaxResponseBytes.")
    {
        StatusCode = StatusCode,
        Attempts = Info.Attempts,
    };

    /// <remarks>A reader, because it skips a byte order mark.</remarks>
    private string TextOf(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), EncodingOf(ContentHeaders?.ContentType?.CharSet));
        return reader.ReadToEnd();
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            if (charset is null)
            {
                return Encoding.UTF8;
            }

            return Encoding.GetEncoding(charset.Trim('"'));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
