using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
#if !NETSTANDARD2_0
using System.Net.Http.Json;
using System.Threading;
#endif
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// The content of a caller, sent with each attempt. It stays the caller's: messages dispose only their copy of its headers.
/// </summary>
internal sealed class CallContent
{
    private readonly HttpContent _content;
    private readonly bool _isRepeatable;
    private volatile bool _isSent;

    private CallContent(HttpContent content, bool isRepeatable, string? fingerprint)
    {
        _content = content;
        _isRepeatable = isRepeatable;
        Fingerprint = fingerprint;
    }

    /// <summary>
    /// Whether it can be sent (again). What cannot be rewound is sent once, and is still unsent when the connection could not be
    /// opened.
    /// </summary>
    public bool CanBeSent => _isRepeatable || !_isSent;

    /// <summary>When the call began, which may read the content first, as a timestamp of its clock; null for now.</summary>
    public long? Start { get; set; }

    /// <summary>Distinguishes the content from others; null when that was not requested.</summary>
    public string? Fingerprint { get; }

    /// <summary>Stands for a content that is still read before its call.</summary>
    /// <param name="start">When the call began.</param>
    public static CallContent Unread(long start) =>
        new(new ByteArrayContent([]), isRepeatable: true, fingerprint: null) { Start = start };

    /// <param name="content">The caller's content.</param>
    /// <param name="hasFingerprint">
    /// Whether to compute the fingerprint, which reads the content; one that can be read only once differs from every other.
    /// </param>
    public static async ValueTask<CallContent> CreateAsync(HttpContent content, bool hasFingerprint)
    {
        var isRepeatable = await IsRepeatableAsync(content).ConfigureAwait(false);
        if (!hasFingerprint)
        {
            return new CallContent(content, isRepeatable, fingerprint: null);
        }

        var fingerprint = isRepeatable ? await ContentFingerprint.OfAsync(content).ConfigureAwait(false) : RandomSource.NewId();

        return new CallContent(content, isRepeatable, fingerprint);
    }

    public HttpContent CreateContent() => new Copy(this);

    /// <remarks>Types that are not known are not repeated: a second, shorter body would be charged as well.</remarks>
    private static async ValueTask<bool> IsRepeatableAsync(HttpContent content)
    {
        switch (content)
        {
            case ByteArrayContent:
#if !NETSTANDARD2_0
            case ReadOnlyMemoryContent or JsonContent:
#endif
                return true;
            case StreamContent when content.GetType() == typeof(StreamContent):
                return (await content.ReadAsStreamAsync().ConfigureAwait(false)).CanSeek;
            case MultipartContent parts:
                foreach (var part in parts)
                {
                    if (!await IsRepeatableAsync(part).ConfigureAwait(false))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return false;
        }
    }

    private sealed class Copy : HttpContent
    {
        private readonly CallContent _call;

        public Copy(CallContent call)
        {
            _call = call;
            foreach (var header in call._content.Headers.Where(header => header.Key != "Content-Length"))
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _call._isSent = true;
            return _call._content.CopyToAsync(stream, context);
        }

#if !NETSTANDARD2_0
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _call._isSent = true;
            return _call._content.CopyToAsync(stream, context, cancellationToken);
        }
#endif

        protected override bool TryComputeLength(out long length)
        {
            var known = _call._content.Headers.ContentLength;
            length = known ?? 0;

            return known is not null;
        }
    }
}
