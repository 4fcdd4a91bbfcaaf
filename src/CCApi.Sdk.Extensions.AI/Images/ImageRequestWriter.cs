using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Writes the request for images: by the OpenAI-compatible operation without images to start from, by the multimodal one with
/// them, or by that of the caller's own request.
/// </summary>
internal sealed class ImageRequestWriter
{
    private readonly string _defaultModel;

    public ImageRequestWriter(string defaultModel) => _defaultModel = defaultModel;

    /// <returns>A <see cref="Wire.LegacyImageGenerationRequest"/> or a <see cref="Wire.MultimodalImageGenerationRequest"/>.</returns>
    /// <exception cref="ArgumentException">There is no prompt, or something has no form on the wire.</exception>
    public object Write(IImageGenerator generator, ImageGenerationRequest request, ImageGenerationOptions? options)
    {
        var images = request.OriginalImages?.ToList() ?? [];
        var own = options?.RawRepresentationFactory?.Invoke(generator);
        if (own is Wire.MultimodalImageGenerationRequest multimodal)
        {
            return WriteMultimodal(multimodal, request.Prompt, images, options);
        }

        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            throw new ArgumentException(
                "The request has no prompt: set Prompt to what the image shows, or how to change the original images.", nameof(request));
        }

        if (images.Count == 0)
        {
            return WriteLegacy(own as Wire.LegacyImageGenerationRequest, request.Prompt!, options);
        }

        if (own is Wire.LegacyImageGenerationRequest)
        {
            throw new ArgumentException(
                "A LegacyImageGenerationRequest takes no original images: "
                + "return a MultimodalImageGenerationRequest from RawRepresentationFactory.",
                nameof(options));
        }

        return WriteMultimodal(own: null, request.Prompt, images, options);
    }

    private Wire.LegacyImageGenerationRequest WriteLegacy(
        Wire.LegacyImageGenerationRequest? own, string prompt, ImageGenerationOptions? options) => new()
        {
            Model = FirstText.Of(own?.Model, options?.ModelId, _defaultModel)!,
            Prompt = FirstText.Of(own?.Prompt, prompt)!,
            N = own?.N ?? options?.Count,
            Size = own?.Size ?? SizeOf(options),
            ResponseFormat = own?.ResponseFormat ?? FormatOf(options),
            Quality = own?.Quality,
            Style = own?.Style,
            User = own?.User,
            AdditionalProperties = CallOptions.AddTo(WithMediaType(own?.AdditionalProperties, options), options?.AdditionalProperties),
        };

    private Wire.MultimodalImageGenerationRequest WriteMultimodal(
        Wire.MultimodalImageGenerationRequest? own, string? prompt, List<AIContent> images, ImageGenerationOptions? options) => new()
        {
            Contents = [.. TextOf(prompt), .. own?.Contents ?? [], .. images.Select(ContentOf)],
            Model = FirstText.Of(own?.Model, options?.ModelId, _defaultModel),
            Parameters = ParametersOf(own?.Parameters, options),
            WebhookUrl = own?.WebhookUrl,
            AdditionalProperties = CallOptions.AddTo(own?.AdditionalProperties, options?.AdditionalProperties),
        };

    private static Wire.MultimodalImageParameters? ParametersOf(Wire.MultimodalImageParameters? own, ImageGenerationOptions? options) =>
        own is null && options is null ? null : new()
        {
            NumImages = own?.NumImages ?? options?.Count,
            Width = own?.Width ?? options?.ImageSize?.Width,
            Height = own?.Height ?? options?.ImageSize?.Height,
            ResponseFormat = own?.ResponseFormat ?? FormatOf(options),
            AspectRatio = own?.AspectRatio,
            Quality = own?.Quality,
            Seed = own?.Seed,
            Steps = own?.Steps,
            GuidanceScale = own?.GuidanceScale,
            NegativePrompt = own?.NegativePrompt,
            Strength = own?.Strength,
            AdditionalProperties = WithMediaType(own?.AdditionalProperties, options),
        };

    private static IEnumerable<Wire.MultimodalInputContent> TextOf(string? prompt) =>
        string.IsNullOrWhiteSpace(prompt) ? [] : [new Wire.MultimodalInputContent { Text = prompt }];

    private static Wire.MultimodalInputContent ContentOf(AIContent image) => new() { Image = ImageOf(image) };

    private static Wire.MultimodalInputImage ImageOf(AIContent image) => image switch
    {
        DataContent data => Wire.InputImage.From(data.Data.ToArray(), "request"),
        UriContent uri when uri.Uri.Scheme is "http" or "https" => new Wire.MultimodalInputImage { Url = uri.Uri.OriginalString },
        _ => throw new ArgumentException(
            $"An original image of the type {image.GetType().Name} has no form in the request. "
            + "Accepted are DataContent with an image, and UriContent with an http or https address.",
            ArgumentNames.Request),
    };

    private static string? SizeOf(ImageGenerationOptions? options) =>
        options?.ImageSize is { } size ? FormattableString.Invariant($"{size.Width}x{size.Height}") : null;

    /// <summary>Null leaves it to the gateway. A hosted image is one behind an address.</summary>
    private static Wire.ImageResponseFormat? FormatOf(ImageGenerationOptions? options) => options?.ResponseFormat switch
    {
        ImageGenerationResponseFormat.Data => Wire.ImageResponseFormat.B64Json,
        ImageGenerationResponseFormat.Uri or ImageGenerationResponseFormat.Hosted => Wire.ImageResponseFormat.Url,
        _ => default(Wire.ImageResponseFormat?),
    };

    /// <summary>The contract has no member for the type of the image; OpenAI's name for it is <c>output_format</c>.</summary>
    private static IDictionary<string, JsonElement>? WithMediaType(
        IDictionary<string, JsonElement>? members, ImageGenerationOptions? options)
    {
        const string prefix = "image/";
        var isImage = options?.MediaType?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true;
        return isImage ? CallOptions.AddTo(members, new() { ["output_format"] = options!.MediaType!.Substring(prefix.Length) }) : members;
    }
}
