using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Reads images as content: the bytes or the address, as the caller asked for them and the gateway returned them.</summary>
internal sealed class ImageResponseReader
{
    private const int CopyBytes = 81920;

    private readonly ImagesClient _client;
    private readonly ImageGenerationResponseFormat? _format;
    private readonly CCApiRequestOptions _call;

    public ImageResponseReader(ImagesClient client, ImageGenerationResponseFormat? format, CCApiRequestOptions call) =>
        (_client, _format, _call) = (client, format, call);

    /// <param name="images">All images of the response.</param>
    /// <param name="requested">
    /// How many were requested; null for one. A gateway that returns more does not decide how many are read.
    /// </param>
    /// <param name="raw">The response.</param>
    /// <param name="usage">Its usage.</param>
    /// <param name="cancellationToken">Cancels the downloads.</param>
    /// <exception cref="ImageSaveException">An image could not be downloaded. It has all of them.</exception>
    /// <exception cref="OperationCanceledException">
    /// It was canceled; its inner exception is an <see cref="ImageSaveException"/> with all images.
    /// </exception>
    public async Task<ImageGenerationResponse> ReadAsync(
        IReadOnlyList<Wire.ImageDatum>? images, long? requested, object raw, Wire.Usage? usage, CancellationToken cancellationToken)
    {
        var all = images ?? [];
        var count = (int)Math.Min(all.Count, Math.Max(requested ?? 1, 1));
        var contents = new List<AIContent>();

        try
        {
            foreach (var image in all.Take(count))
            {
                contents.Add(await ReadAsync(image, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(
                $"Downloading the images was canceled; they are in the {nameof(ImageSaveException)} that is the inner exception.",
                NotRead(exception, all, count, contents),
                exception.CancellationToken);
        }
        catch (CCApiException exception)
        {
            throw NotRead(exception, all, count, contents);
        }

        return new ImageGenerationResponse(contents) { RawRepresentation = raw, Usage = UsageReader.Read(usage) };
    }

    /// <summary>They were charged: those that were downloaded go on with their bytes, the others with their links.</summary>
    private static ImageSaveException NotRead(
        Exception cause, IReadOnlyList<Wire.ImageDatum> images, int count, List<AIContent> contents) => new(
        FormattableString.Invariant($"{contents.Count} of {count} images were downloaded; the next was not: {cause.Message} ")
        + "Open or save the rest with ImagesClient from ImageSaveException.Images.",
        cause)
        {
            Images = [.. images.Select((image, i) => WithBytes(image, i < contents.Count ? contents[i] : null))],
        };

    private static Wire.ImageDatum WithBytes(Wire.ImageDatum image, AIContent? content)
    {
        if (content is not DataContent data || image.HasInlineData)
        {
            return image;
        }

        return new Wire.ImageDatum
        {
            Url = image.Url,
            B64Json = new Wire.Base64Data(data.Data.ToArray()),
            RevisedPrompt = image.RevisedPrompt,
            Seed = image.Seed,
            AdditionalProperties = image.AdditionalProperties,
        };
    }

    private async Task<AIContent> ReadAsync(Wire.ImageDatum image, CancellationToken cancellationToken)
    {
        var isAddress = Uri.TryCreate(image.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        var isUriWanted = _format is ImageGenerationResponseFormat.Uri or ImageGenerationResponseFormat.Hosted;
        var isUri = isAddress && isUriWanted && !image.HasInlineData;
        var content = isUri ? new UriContent(address!, TypeOf(address!)) : await OpenAsync(image, cancellationToken).ConfigureAwait(false);
        content.RawRepresentation = image;
        return content;
    }

    /// <summary>The bytes of the response; those behind an address are downloaded without the key.</summary>
    private async Task<AIContent> OpenAsync(Wire.ImageDatum image, CancellationToken cancellationToken)
    {
        using var media = await _client.OpenReadAsync(image, _call, cancellationToken).ConfigureAwait(false);
        using var buffer = new MemoryStream();
        await media.CopyToAsync(buffer, CopyBytes, cancellationToken).ConfigureAwait(false);
        return new DataContent(buffer.ToArray(), media.MediaType ?? "image/png");
    }

    private static string TypeOf(Uri address)
    {
        var inferred = new UriContent(address).MediaType;
        return inferred.StartsWith("image/", StringComparison.Ordinal) ? inferred : "image/*";
    }
}
