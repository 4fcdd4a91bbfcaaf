using System;
using System.Text.Json.Serialization;

namespace CCApi.Sdk.Models;

public sealed partial class ImageDatum
{
    /// <summary>
    /// Whether the image itself is in the response, in <see cref="B64Json"/> or as a <c>data:</c> URL. When false, it must be
    /// downloaded from <see cref="Url"/>, which may expire.
    /// </summary>
    [JsonIgnore]
    public bool HasInlineData =>
        B64Json is { IsValid: true, Length: > 0 } || Url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true;
}
