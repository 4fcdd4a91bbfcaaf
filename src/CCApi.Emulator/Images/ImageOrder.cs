using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>The images that a request asks for.</summary>
internal sealed record ImageOrder(
    string Prompt,
    EmulatedModel Model,
    int Count,
    int Width,
    int Height,
    long Seed,
    bool IsInline,
    ImageInput? Input = null)
{
    /// <summary>The images that a script gives; null to paint them.</summary>
    public ImageStep? Script { get; init; }

    /// <summary>The quality that was asked for; null when none was.</summary>
    public string? Quality { get; init; }

    public decimal Credits => Model.Price.OfImages(Images, Quality);

    /// <summary>About how many bytes of memory the order takes.</summary>
    public long Bytes => (Prompt.Length * (long)sizeof(char)) + BytesOf(Input?.Image) + BytesOf(Input?.Mask);

    private int Images => Script?.Files.Count ?? Count;

    /// <summary>Creates the images, as the <c>data</c> of a response.</summary>
    public JsonArray Make(MediaStore media, bool withSeed) =>
        new([.. Enumerable.Range(0, Images).Select(index => Make(media, index, withSeed))]);

    private JsonObject Make(MediaStore media, int index, bool withSeed)
    {
        var seed = Seed + index;
        var file = Script?.Files[index] ?? ImagePainter.Paint(Prompt, Model.Id, seed, Width, Height, Input);
        var (mediaType, extension) = TypeOf(file);

        var image = new JsonObject();
        if (IsInline)
        {
            image["b64_json"] = Convert.ToBase64String(file);
        }
        else
        {
            image["url"] = media.Add(file, mediaType, extension);
        }

        image["revised_prompt"] = Script?.RevisedPrompt ?? Prompt;
        if (withSeed)
        {
            image["seed"] = seed;
        }

        return image;
    }

    private static long BytesOf(Picture? picture) => picture?.Pixels.LongLength ?? 0;

    private static (string MediaType, string Extension) TypeOf(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, ..] => ("image/jpeg", ".jpg"),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => ("image/webp", ".webp"),
        [(byte)'G', (byte)'I', (byte)'F', ..] => ("image/gif", ".gif"),
        _ => ("image/png", ".png"),
    };
}
