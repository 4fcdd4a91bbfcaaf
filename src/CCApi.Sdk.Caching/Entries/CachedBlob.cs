namespace CCApi.Sdk.Caching;

/// <summary>The sound or one image of a response. Nobody changes its bytes.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="MediaType">What they are; null when their first bytes show it.</param>
internal sealed record CachedBlob(byte[] Bytes, string? MediaType);
