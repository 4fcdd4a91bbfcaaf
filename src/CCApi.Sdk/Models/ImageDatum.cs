using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ImageDatum : IUnknownMembers, IListItem
{
    /// <summary>
    /// Whether the image itself is in the response, in <see cref="B64Json"/> or as a <c>data:</c> URL. When false, it must be
    /// downloaded from <see cref="Url"/>, which may expire.
    /// </summary>
    [JsonIgnore]
    public bool HasInlineData =>
        B64Json is { IsValid: true, Length: > 0 } || Url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether there is an image, here or at its address.</summary>
    internal bool HasImage => !string.IsNullOrEmpty(Url) || B64Json is { Length: > 0 };

    bool IListItem.IsItem => HasImage;

    /// <summary>The images of a list in which none has content; null when one has.</summary>
    internal static IReadOnlyList<ImageDatum>? WithoutImage(IReadOnlyList<ImageDatum>? images) =>
        images?.Any(image => image.HasImage) == true ? null : images;
}
