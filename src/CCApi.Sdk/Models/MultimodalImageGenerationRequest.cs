using System;
using System.Linq;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class MultimodalImageGenerationRequest : IModelChoice
{
    string? IModelChoice.Model => Model;

    /// <summary>
    /// A request that begins with what to draw, or how to change the images that follow. Every <c>With</c> method changes it and
    /// returns it.
    /// </summary>
    /// <param name="prompt">The text.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    /// <example><code>
    /// var request = MultimodalImageGenerationRequest.FromPrompt("Replace the sofa by a green one.")
    ///     .WithImage("room.png")
    ///     .WithMask("sofa.png");
    /// </code></example>
    public static MultimodalImageGenerationRequest FromPrompt(string prompt) =>
        new() { Contents = [new MultimodalInputContent { Text = Require.Text(prompt, nameof(prompt)) }] };

    /// <summary>Adds an image to start from, to edit or to blend in.</summary>
    /// <param name="pathOrUrl">
    /// A file, which is read now; an http address, from which the service loads it; or a <c>data:</c> URL. Never pass on a text
    /// that a server sent: it could name any file. Use the overload for <see cref="ImageDatum"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// It is not an image that the service takes, or larger than <see cref="CCApiDefaults.MaxInputImageBytes"/>.
    /// </exception>
    /// <exception cref="System.IO.IOException">The file cannot be read.</exception>
    public MultimodalImageGenerationRequest WithImage(string pathOrUrl) => Add(InputImage.From(pathOrUrl, nameof(pathOrUrl)));

    /// <summary>Adds an image to start from, to edit or to blend in.</summary>
    /// <param name="bytes">
    /// The image, which is not copied and must not be changed afterwards. Its media type is detected from its first bytes.
    /// </param>
    /// <exception cref="ArgumentException">
    /// It is not an image that the service takes, or larger than <see cref="CCApiDefaults.MaxInputImageBytes"/>.
    /// </exception>
    public MultimodalImageGenerationRequest WithImage(byte[] bytes) => Add(InputImage.From(bytes, nameof(bytes)));

    /// <summary>Adds an image that was made before.</summary>
    /// <param name="image">The image of a response.</param>
    /// <exception cref="ArgumentException">It has neither bytes nor an address.</exception>
    public MultimodalImageGenerationRequest WithImage(ImageDatum image) => Add(InputImage.From(image, nameof(image)));

    /// <summary>Marks the part of the image that was added last which is to be painted anew.</summary>
    /// <param name="pathOrUrl">A file, which is read now; an http address, from which the service loads it; or a <c>data:</c> URL.</param>
    /// <exception cref="ArgumentException">There is no image, or the service does not take the mask.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be read.</exception>
    public MultimodalImageGenerationRequest WithMask(string pathOrUrl) => Mask(InputImage.From(pathOrUrl, nameof(pathOrUrl)));

    /// <summary>Marks the part of the image that was added last which is to be painted anew.</summary>
    /// <param name="bytes">The mask, which is not copied and must not be changed afterwards.</param>
    /// <exception cref="ArgumentException">There is no image, or the service does not take the mask.</exception>
    public MultimodalImageGenerationRequest WithMask(byte[] bytes) => Mask(InputImage.From(bytes, nameof(bytes)));

    /// <summary>Sets the model.</summary>
    /// <param name="model">Its id, such as <c>imaginepro/nano-banana</c>.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public MultimodalImageGenerationRequest WithModel(string model)
    {
        Model = Require.Text(model, nameof(model));
        return this;
    }

    /// <summary>Sets how many images to make; each is charged.</summary>
    /// <param name="count">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public MultimodalImageGenerationRequest WithCount(int count) =>
        Set(parameters => parameters.NumImages = Positive(count, nameof(count)));

    /// <summary>Sets the size, for models that take one.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is less than 1.</exception>
    public MultimodalImageGenerationRequest WithSize(int width, int height) =>
        Set(parameters => (parameters.Width, parameters.Height) = (Positive(width, nameof(width)), Positive(height, nameof(height))));

    /// <summary>Sets the proportion of width to height, for models that choose the size themselves.</summary>
    /// <param name="aspectRatio">Such as <c>16:9</c>.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public MultimodalImageGenerationRequest WithAspectRatio(string aspectRatio) =>
        Set(parameters => parameters.AspectRatio = Require.Text(aspectRatio, nameof(aspectRatio)));

    /// <summary>Sets the trade-off between detail and price.</summary>
    /// <param name="quality">The quality.</param>
    public MultimodalImageGenerationRequest WithQuality(ImageQuality quality) => Set(parameters => parameters.Quality = quality);

    /// <summary>Sets the seed, so that a model that supports it makes the same again.</summary>
    /// <param name="seed">Any number.</param>
    public MultimodalImageGenerationRequest WithSeed(long seed) => Set(parameters => parameters.Seed = seed);

    /// <summary>Sets what the images must not show.</summary>
    /// <param name="negativePrompt">The text.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public MultimodalImageGenerationRequest WithNegativePrompt(string negativePrompt) =>
        Set(parameters => parameters.NegativePrompt = Require.Text(negativePrompt, nameof(negativePrompt)));

    /// <summary>Sets how far an edited image may depart from its source.</summary>
    /// <param name="strength">From 0 (unchanged) to 1 (free).</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside that.</exception>
    public MultimodalImageGenerationRequest WithStrength(double strength) => Set(parameters =>
        parameters.Strength = strength is >= 0 and <= 1
            ? strength
            : throw new ArgumentOutOfRangeException(nameof(strength), strength, "It must be from 0 to 1."));

    /// <summary>Sets whether the images are behind URLs or in the response.</summary>
    /// <param name="responseFormat">The format.</param>
    public MultimodalImageGenerationRequest WithResponseFormat(ImageResponseFormat responseFormat) =>
        Set(parameters => parameters.ResponseFormat = responseFormat);

    /// <summary>Sets the address that the service calls when the job has ended.</summary>
    /// <param name="url">An http address that is reached from the internet.</param>
    /// <exception cref="ArgumentException">It is another address.</exception>
    public MultimodalImageGenerationRequest WithWebhook(string url)
    {
        var isUri = Uri.TryCreate(Require.Text(url, nameof(url)), UriKind.Absolute, out var address);
        var isAddress = isUri && address!.Scheme is "http" or "https";
        WebhookUrl = isAddress ? url : throw new ArgumentException("It must be a whole http or https address.", nameof(url));

        return this;
    }

    /// <summary>Finds out before anything is sent what the service could not use.</summary>
    internal void Check(string parameterName)
    {
        if (Contents is not { Count: > 0 })
        {
            throw new ArgumentException(
                "The request has no contents: add at least one, such as new MultimodalInputContent { Text = \"...\" }.", parameterName);
        }

        if (Contents.Any(content => content is { Mask: not null, Image: null }))
        {
            throw new ArgumentException("A mask belongs to an image: set Image of the same content.", parameterName);
        }

        if (Contents.Any(content => IsEmpty(content?.Image) || IsEmpty(content?.Mask)))
        {
            throw new ArgumentException("An image or a mask is empty: set Url or Data.", parameterName);
        }
    }

    private static bool IsEmpty(MultimodalInputImage? image) =>
        image is not null
        && string.IsNullOrEmpty(image.Url)
        && image.Data is not { Length: > 0 }
        && image.AdditionalProperties is null;

    private static int Positive(int value, string parameterName)
    {
        if (value > 0)
        {
            return value;
        }

        throw new ArgumentOutOfRangeException(parameterName, value, "It must be 1 or more.");
    }

    private MultimodalImageGenerationRequest Set(Action<MultimodalImageParameters> set)
    {
        set(Parameters ??= new MultimodalImageParameters());
        return this;
    }

    private MultimodalImageGenerationRequest Add(MultimodalInputImage image)
    {
        Contents = [.. Contents, new MultimodalInputContent { Image = image }];
        return this;
    }

    private MultimodalImageGenerationRequest Mask(MultimodalInputImage mask)
    {
        var masked = Contents.LastOrDefault(content => content.Image is not null)
            ?? throw new ArgumentException("There is no image to mask: call WithImage first.", nameof(mask));
        masked.Mask = mask;

        return this;
    }

    IJsonModel IModelChoice.With(string model)
    {
        var copy = (MultimodalImageGenerationRequest)MemberwiseClone();
        copy.Model = model;

        return copy;
    }
}
