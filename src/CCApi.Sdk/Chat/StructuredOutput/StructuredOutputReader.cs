using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>Reads the value out of what a model wrote.</summary>
internal static class StructuredOutputReader
{
    /// <param name="text">What the model wrote.</param>
    /// <param name="isTruncated">Whether the response was truncated.</param>
    /// <param name="shape">The type that it should have.</param>
    /// <param name="value">The first value in the text that fits.</param>
    /// <param name="problem">What is wrong with the most likely one, and where.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static bool TryRead<T>(
        string? text,
        bool isTruncated,
        JsonShape<T> shape,
        [MaybeNullWhen(false)] out T value,
        [NotNullWhen(false)] out string? problem,
        CancellationToken cancellationToken = default)
    {
        value = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = "it is empty";
            return false;
        }

        string? first = null;

        foreach (var json in JsonExtraction.Find(text!, isTruncated, out problem, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (shape.TryRead(json, out value, out problem))
            {
                return true;
            }

            first ??= problem;
        }

        problem = first ?? problem!;

        return false;
    }
}
