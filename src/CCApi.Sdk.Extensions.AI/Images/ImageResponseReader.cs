using System;
using System.Collections.Generic;
using System.IO;
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

    /// <exception cref="CCApiException">An image could not be downloaded.</exception>
    public async Task<ImageGenerationResponse> ReadAsync(
        IReadOnlyList<Wire.ImageDatum>? images, object raw, Wire.Usage? usage, CancellationToken cancellationToken)
    {
        var contents = new List<AIContent>();
        foreach (var image in images ?? [])
        {
            contents.Add(await ReadAsync(image, cancellationToken).ConfigureAwait(false));
        }

        return new ImageGenerationResponse(contents) { RawRepresentation = raw, Usage = UsageReader.Read(usage) };
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
