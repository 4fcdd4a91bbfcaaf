using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching;

/// <summary>Where the sound or one image of a response is: in it, or behind a link.</summary>
/// <param name="Data">The bytes; null when there are none.</param>
/// <param name="MediaType">What they are; null when their first bytes show it.</param>
/// <param name="Url">The link; null when there is none.</param>
internal sealed record MediaPart(Base64Data? Data, string? MediaType, string? Url)
{
    public bool HasData => Data is { IsValid: true, Length: > 0 };

    public bool HasLink => !string.IsNullOrWhiteSpace(Url);
}
