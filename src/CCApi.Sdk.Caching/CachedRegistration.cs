namespace CCApi.Sdk.Caching;

/// <summary>That a registered client has a cache in front of it already.</summary>
/// <param name="Name">The key of the client; null for that of <c>AddCcApi</c>.</param>
internal sealed record CachedRegistration(string? Name);
