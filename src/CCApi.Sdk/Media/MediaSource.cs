using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Opens the bytes of a response wherever they are: in the response, in a <c>data:</c> URL, or behind a URL.</summary>
internal static class MediaSource
{
    /// <summary>Opens them. What is in the response wins: it costs no download, and links expire.</summary>
    /// <param name="transport">What downloads.</param>
    /// <param name="inline">The bytes in the response, if there are any.</param>
    /// <param name="url">Their URL, if there is one.</param>
    /// <param name="label">What the response says that they are, when they and their own label do not say it.</param>
    /// <param name="options">What differs for the download.</param>
    /// <param name="cancellationToken">Cancels the download, also while it is read.</param>
    /// <exception cref="CCApiProtocolException">The response has neither, or a URL that cannot be followed.</exception>
    public static async Task<MediaStream> OpenAsync(
        CCApiTransport transport,
        Base64Data? inline,
        string? url,
        string? label,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        OptionsValidation.Check(options);
        var address = url?.Trim() ?? "";
        var hasBytes = inline is { IsValid: true, Length: > 0 };
        var isOnlyInvalid = inline is { IsValid: false } && address.Length == 0;

        // Reading bytes that are not base64 throws what is wrong with them.
        if (hasBytes || isOnlyInvalid)
        {
            return Open(inline!.Bytes, MediaType.Label(inline.MediaType, label));
        }

        if (address.Length == 0)
        {
            throw new CCApiProtocolException("The response has neither the bytes nor a URL.");
        }

        if (DataUrl.Is(address))
        {
            var data = DataUrl.Read(address);
            return OpenData(data.Bytes, data.MediaType, label);
        }

        var download = await Downloads.OpenAsync(
            transport, address, options, cancellationToken).ConfigureAwait(false);
        var page = TextPage.IsLabel(download.MediaType) ? download.MediaType : null;
        var media = await MediaStream.OpenAsync(
            download,
            page ?? MediaType.Label(download.MediaType, label),
            cancellationToken).ConfigureAwait(false);

        // The label of a page is believed unless the bytes show that it is wrong.
        var isLabeledPage = page is not null && media.MediaType == page;
        var isPage = media.StartsAsPage || isLabeledPage;

        return isPage ? throw Reject(media, page, "; links may expire") : media;
    }

    private static MediaStream OpenData(byte[] bytes, string? dataType, string? label)
    {
        if (bytes.Length == 0)
        {
            throw new CCApiProtocolException("The image or sound is empty: its data: URL has no bytes.");
        }

        var page = TextPage.IsLabel(dataType) ? dataType : null;
        var media = Open(bytes, page ?? MediaType.Label(dataType, label));
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, MediaType.SniffLength));
        var isLabeledPage = page is not null && media.MediaType == page;
        var isPage = isLabeledPage || TextPage.Starts(head, media.MediaType);

        return isPage ? throw Reject(media, page, advice: null) : media;
    }

    private static CCApiProtocolException Reject(MediaStream media, string? page, string? advice)
    {
        media.Dispose();
        var found = page ?? "a page or an error";
        return new CCApiProtocolException($"The response points to {found}, and not to an image or sound{advice}.");
    }

    private static MediaStream Open(byte[] bytes, string? label)
    {
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, MediaType.SniffLength));
        var stream = new MemoryStream(bytes, writable: false);

        return new MediaStream(stream, MediaType.Of(head, label)) { ContentLength = bytes.Length };
    }
}
