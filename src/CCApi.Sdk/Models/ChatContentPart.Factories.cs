using System;
using System.IO;

namespace CCApi.Sdk.Models;

public sealed partial class ChatContentPart
{
    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static ChatContentPart FromText(string text) => new()
    {
        Type = ChatContentPartType.Text,
        Text = Require.Text(text, nameof(text)),
    };

    /// <summary>An image that the gateway loads itself, or that is written into its address.</summary>
    /// <param name="url">An http or https address, or a <c>data:</c> URL.</param>
    /// <param name="detail">How closely the model looks; null leaves it to the model.</param>
    /// <exception cref="ArgumentException">It is another kind of address, or a <c>data:</c> URL that is not an image.</exception>
    public static ChatContentPart ImageFromUrl(string url, ImageDetail? detail = null)
    {
        Require.Text(url, nameof(url));
        if (DataUrl.Is(url) || (Uri.TryCreate(url, UriKind.Absolute, out var address) && !address.IsFile))
        {
            return ImageOf(InputImage.From(url, nameof(url)), detail);
        }

        throw new ArgumentException(
            "This is not the address of an image: ImageFromFile takes a path, and ImageFromBytes its bytes.", nameof(url));
    }

    /// <summary>An image from a file. Its type is detected from its bytes.</summary>
    /// <param name="path">A PNG, JPEG, WebP, GIF, BMP, AVIF or HEIC file of at most 20 MiB.</param>
    /// <param name="detail">How closely the model looks; null leaves it to the model.</param>
    /// <exception cref="ArgumentException">It is not such a file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <example><code>
    /// var message = ChatMessage.User("What is this?", ChatContentPart.ImageFromFile("photo.jpg"));
    /// </code></example>
    public static ChatContentPart ImageFromFile(string path, ImageDetail? detail = null) =>
        ImageOf(InputImage.FromFile(path, nameof(path)), detail);

    /// <summary>An image from its bytes, from which its type is detected.</summary>
    /// <param name="bytes">A PNG, JPEG, WebP, GIF, BMP, AVIF or HEIC image of at most 20 MiB.</param>
    /// <param name="detail">How closely the model looks; null leaves it to the model.</param>
    /// <exception cref="ArgumentException">It is not such an image.</exception>
    public static ChatContentPart ImageFromBytes(byte[] bytes, ImageDetail? detail = null) =>
        ImageOf(InputImage.From(bytes, nameof(bytes)), detail);

    /// <summary>Sound from a file. Its format is detected from its bytes.</summary>
    /// <param name="path">A WAV, MP3, OGG, FLAC, AAC or M4A file.</param>
    /// <exception cref="ArgumentException">It is not such a file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ChatContentPart AudioFromFile(string path) => AudioOf(InputFile.Read(path, nameof(path)), path, nameof(path));

    /// <summary>Sound from its bytes, from which its format is detected.</summary>
    /// <param name="bytes">A WAV, MP3, OGG, FLAC, AAC or M4A file.</param>
    /// <exception cref="ArgumentException">It is not such a file.</exception>
    public static ChatContentPart AudioFromBytes(byte[] bytes) =>
        AudioOf(Require.NotNull(bytes, nameof(bytes)), "The sound", nameof(bytes));

    /// <summary>A file for the model to read, such as a PDF, under its own name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">It is empty, or a folder.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ChatContentPart FileFromPath(string path) => FileOf(InputFile.Read(path, nameof(path)), Path.GetFileName(path));

    /// <summary>A file for the model to read, from its bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="fileName">Its name, whose extension indicates the type to the model.</param>
    /// <exception cref="ArgumentException">It is empty, or has no name.</exception>
    public static ChatContentPart FileFromBytes(byte[] bytes, string fileName)
    {
        InputFile.CheckNotEmpty(Require.NotNull(bytes, nameof(bytes)), "The file", nameof(bytes));
        return FileOf(bytes, Require.Text(fileName, nameof(fileName)));
    }

    /// <summary>A file that was uploaded before.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public static ChatContentPart FileFromId(string id) => new()
    {
        Type = ChatContentPartType.File,
        File = new ChatInputFile
        {
            FileId = Require.Text(id, nameof(id))
        },
    };

    private static ChatContentPart ImageOf(MultimodalInputImage image, ImageDetail? detail) => new()
    {
        Type = ChatContentPartType.ImageUrl,
        ImageUrl = new ChatImageUrl { Url = image.Url ?? DataUrl.Write(image.MimeType!, image.Data!.Bytes), Detail = detail },
    };

    private static ChatContentPart AudioOf(byte[] bytes, string name, string parameterName)
    {
        InputFile.CheckNotEmpty(bytes, name, parameterName);
        var mediaType = MediaType.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, MediaType.SniffLength)));
        if (mediaType?.StartsWith("audio/", StringComparison.Ordinal) != true)
        {
            throw new ArgumentException(
                $"{name} is not a WAV, MP3, OGG, FLAC, AAC or M4A sound"
                + $"{(mediaType is null ? null : $" but {mediaType}")}: convert it first.",
                parameterName);
        }

        return new()
        {
            Type = ChatContentPartType.InputAudio,
            InputAudio = new ChatInputAudio
            {
                Data = new Base64Data(bytes),
                Format = MediaType.Extension(mediaType)!.Substring(1)
            },
        };
    }

    private static ChatContentPart FileOf(byte[] bytes, string fileName) => new()
    {
        Type = ChatContentPartType.File,
        File = new ChatInputFile { Filename = fileName, FileData = DataUrl.Write(InputFile.MediaTypeOf(bytes, fileName), bytes) },
    };
}
