using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>The images that a request asks for.</summary>
internal sealed record ImageOrder(string Prompt, EmulatedModel Model, int Count, int Width, int Height, long Seed, bool IsInline, ImageInput? Input = null)
{
    public decimal Credits => Model.OutputPrice * Count;

    /// <summary>Creates the images, as the <c>data</c> of a response.</summary>
    public JsonArray Make(MediaStore media, bool withSeed) => new([.. Enumerable.Range(0, Count).Select(index => Make(media, Seed + index, withSeed))]);

    private JsonObject Make(MediaStore media, long seed, bool withSeed)
    {
        var png = ImagePainter.Paint(Prompt, Model.Id, seed, Width, Height, Input);
        var image = IsInline
            ? new JsonObject { ["b64_json"] = Convert.ToBase64String(png) }
            : new JsonObject { ["url"] = media.Add(png, "image/png", ".png") };
        image["revised_prompt"] = Prompt;
        if (withSeed)
        {
            image["seed"] = seed;
        }

        return image;
    }
}
