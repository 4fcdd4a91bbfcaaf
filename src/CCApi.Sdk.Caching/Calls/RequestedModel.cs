namespace CCApi.Sdk.Caching;

/// <summary>Whether a response is of the model that was requested.</summary>
internal static class RequestedModel
{
    /// <summary>Whether the last attempt called it: a failover lists the model of each attempt.</summary>
    public static bool WasCalled(string? requested, CCApiResponseInfo? info) =>
        info?.Attempts is not { Count: > 0 } attempts || attempts[^1].Model is not { } called || called == requested;

    /// <summary>Whether a response names it, in any of its spellings; one that names none does.</summary>
    public static bool IsNamed(string? requested, string? named) =>
        string.IsNullOrEmpty(named) || string.IsNullOrEmpty(requested) || Spelling(requested) == Spelling(named);

    private static string? Spelling(string model)
    {
        var normal = ModelIds.Normalize(ModelIds.LastSegment(model));
        return normal is null ? model : ModelIds.WithoutDate(normal) ?? normal;
    }
}
