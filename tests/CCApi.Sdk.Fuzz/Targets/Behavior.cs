using System;

namespace CCApi.Sdk.Fuzz;

/// <summary>What an input made the SDK do, as a number: a fuzzer that sees no branches keeps the inputs that do something new.</summary>
internal static class Behavior
{
    private static HashCode _hash;

    /// <summary>Gets the number of what was added since it was reset.</summary>
    public static int Value => _hash.ToHashCode();

    public static void Reset() => _hash = default;

    public static void Add(params ReadOnlySpan<object?> facts)
    {
        foreach (var fact in facts)
        {
            _hash.Add(fact is Exception exception ? Describe(exception) : fact?.ToString(), StringComparer.Ordinal);
        }
    }

    private static string Describe(Exception exception) =>
        exception is CCApiException error ? $"{error.GetType().Name} {(int?)error.StatusCode} {error.Attempts.Count}" : exception.GetType().Name;
}
