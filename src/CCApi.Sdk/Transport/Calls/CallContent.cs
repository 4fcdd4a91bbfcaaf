using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
#if !NETSTANDARD2_0
using System.Net.Http.Json;
#endif
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// The <see cref="HttpContent"/> that a caller passed, which is sent with each attempt. The caller owns it: each message has a
/// content of its own, with the same headers, that writes the bytes of this one; disposing the message disposes only that.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle has nothing to dispose of.")]
internal sealed class CallContent
{
    private static readonly Type[] _byteArrays = [typeof(ByteArrayContent), typeof(StringContent), typeof(FormUrlEncodedContent)];
    private static readonly Type[] _multiparts = [typeof(MultipartContent), typeof(MultipartFormDataContent)];

    private readonly HttpContent _content;
    private readonly bool _isRepeatable;

    // One attempt writes the content at a time: an abandoned one may go on, and both would read the same stream.
    private readonly SemaphoreSlim _writing = new(1);
    private volatile bool _isSent;

    private CallContent(HttpContent content, bool isRepeatable, string? fingerprint)
    {
        _content = content;
        _isRepeatable = isRepeatable;
        Fingerprint = fingerprint;
    }

    /// <summary>
    /// Whether the content can be sent with the next attempt. One that cannot be rewound is sent once; an attempt that could not
    /// connect has not sent it.
    /// </summary>
    public bool CanBeSent => _isRepeatable || !_isSent;

    /// <summary>
    /// The timestamp at which the call began, when it reads the content for the fingerprint before its first attempt; null when
    /// it begins with that attempt.
    /// </summary>
    public long? Start { get; set; }

    /// <summary>Distinguishes the content from every other one; null when no fingerprint was requested.</summary>
    public string? Fingerprint { get; }

    /// <summary>Creates a placeholder for a content whose fingerprint is still being computed.</summary>
    /// <param name="start">When the call began.</param>
    public static CallContent Unread(long start) =>
        new(new ByteArrayContent([]), isRepeatable: true, fingerprint: null) { Start = start };

    /// <param name="content">The caller's content.</param>
    /// <param name="needsFingerprint">
    /// Whether to compute the fingerprint, which reads the content. A content that can be read only once gets a random one.
    /// </param>
    public static async ValueTask<CallContent> CreateAsync(HttpContent content, bool needsFingerprint)
    {
        var isRepeatable = await IsRepeatableAsync(content).ConfigureAwait(false);
        if (!needsFingerprint)
        {
            return new CallContent(content, isRepeatable, fingerprint: null);
        }

        var fingerprint = isRepeatable ? await ContentFingerprint.OfAsync(content).ConfigureAwait(false) : RandomSource.NewId();

        return new CallContent(content, isRepeatable, fingerprint);
    }

    public HttpContent CreateContent() => new Copy(this);

    /// <remarks>
    /// A content of an unknown type, also one that is derived from a known type, is not repeatable: it may write fewer bytes the
    /// second time, and the gateway would charge that request too.
    /// </remarks>
    private static async ValueTask<bool> IsRepeatableAsync(HttpContent content)
    {
        if (content is MultipartContent parts && _multiparts.Contains(content.GetType()))
        {
            foreach (var part in parts)
            {
                if (!await IsRepeatableAsync(part).ConfigureAwait(false))
                {
                    return false;
                }
            }

            return true;
        }

        switch (content)
        {
            case ByteArrayContent:
                return _byteArrays.Contains(content.GetType());
#if !NETSTANDARD2_0
            case ReadOnlyMemoryContent or JsonContent:
                return true;
#endif
            case StreamContent when content.GetType() == typeof(StreamContent):
                return (await content.ReadAsStreamAsync().ConfigureAwait(false)).CanSeek;
            default:
                return false;
        }
    }

    private sealed class Copy : HttpContent
    {
        private readonly CallContent _source;

        public Copy(CallContent source)
        {
            _source = source;
            // Content-Length is computed by TryComputeLength.
            foreach (var header in source._content.Headers.Where(header => header.Key != "Content-Length"))
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await _source._writing.WaitAsync().ConfigureAwait(false);
            try
            {
                _source._isSent = true;
                await _source._content.CopyToAsync(stream, context).ConfigureAwait(false);
            }
            finally
            {
                _source._writing.Release();
            }
        }

#if !NETSTANDARD2_0
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await _source._writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                _source._isSent = true;
                await _source._content.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _source._writing.Release();
            }
        }
#endif

        protected override bool TryComputeLength(out long length)
        {
            var known = _source._content.Headers.ContentLength;
            length = known ?? 0;

            return known is not null;
        }
    }
}
