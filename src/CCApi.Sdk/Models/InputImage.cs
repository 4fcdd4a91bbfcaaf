using System;

namespace CCApi.Sdk.Models;

/// <summary>Creates the images of a request, and throws before anything is sent that the service would reject.</summary>
internal static class InputImage
{
    /// <summary>The limit behind <c>CCApiDefaults.MaxInputImageBytes</c>.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    private const string Kinds = "PNG, JPEG, WebP, GIF, BMP, AVIF or HEIC";

    /// <param name="pathOrUrl">A file, an http address, or a <c>data:</c> URL.</param>
    /// <param name="parameterName">Whom an error blames.</param>
    public static MultimodalInputImage From(string pathOrUrl, string parameterName)
    {
        Require.Text(pathOrUrl, parameterName);
        if (DataUrl.Is(pathOrUrl))
        {
            return FromDataUrl(pathOrUrl, parameterName);
        }

        if (pathOrUrl.IndexOf("://", StringComparison.Ordinal) < 0 || !Uri.TryCreate(pathOrUrl, UriKind.Absolute, out var url))
        {
            return FromFile(pathOrUrl, parameterName);
        }

        if (url.IsFile)
        {
            return FromFile(url.LocalPath, parameterName);
        }

        return FromAddress(url, parameterName);
    }

    /// <param name="bytes">The image.</param>
    /// <param name="parameterName">Whom an error blames.</param>
    public static MultimodalInputImage From(byte[] bytes, string parameterName)
    {
        Require.NotNull(bytes, parameterName);
        return From(bytes, "The image", parameterName);
    }

    /// <param name="image">An image that was made.</param>
    /// <param name="parameterName">Whom an error blames.</param>
    public static MultimodalInputImage From(ImageDatum image, string parameterName)
    {
        Require.NotNull(image, parameterName);
        if (image.B64Json is { IsValid: true, Length: > 0 } data)
        {
            return From(data.Bytes, parameterName);
        }

        var url = image.Url?.Trim() ?? "";
        if (DataUrl.Is(url))
        {
            return FromDataUrl(url, parameterName);
        }

        // What a server sent is never taken for a file of this machine.
        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && !address.IsFile)
        {
            return FromAddress(address, parameterName);
        }

        throw new ArgumentException("The image has neither bytes nor an address.", parameterName);
    }

    private static MultimodalInputImage FromAddress(Uri url, string parameterName)
    {
        if (url.Scheme is "http" or "https")
        {
            return new MultimodalInputImage { Url = url.OriginalString };
        }

        throw new ArgumentException(
            "The service loads images only from http and https addresses; give it anything else as a file or as bytes.", parameterName);
    }

    private static MultimodalInputImage FromDataUrl(string url, string parameterName)
    {
        try
        {
            return From(DataUrl.Read(url).Bytes, "The image", parameterName);
        }
        catch (CCApiProtocolException exception)
        {
            throw new ArgumentException("The data: URL has no data, or is not the base64 that it claims to be.", parameterName, exception);
        }
    }

    /// <param name="path">A file.</param>
    /// <param name="parameterName">Whom an error blames.</param>
    public static MultimodalInputImage FromFile(string path, string parameterName) =>
        From(InputFile.Read(path, parameterName, size => CheckSize(size, path, parameterName)), path, parameterName);

    private static MultimodalInputImage From(byte[] bytes, string name, string parameterName)
    {
        CheckSize(bytes.Length, name, parameterName);
        var mediaType = MediaType.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, MediaType.SniffLength)));
        if (mediaType is null or "image/svg+xml" || !mediaType.StartsWith("image/", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"{name} is not a {Kinds} image{(mediaType is null ? null : $" but {mediaType}")}: convert it first.",
                parameterName);
        }

        return new MultimodalInputImage { Data = new Base64Data(bytes), MimeType = mediaType };
    }

    private static void CheckSize(long length, string name, string parameterName)
    {
        if (length == 0)
        {
            throw new ArgumentException($"{name} is empty.", parameterName);
        }

        if (length > MaxBytes)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{name} has {length} bytes, and an image may have {MaxBytes}: ")
                + "make it smaller, or give its address instead.",
                parameterName);
        }
    }
}
