using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>Reads the value out of what a model wrote.</summary>
internal static class StructuredOutputReader
{
    /// <param name="text">What the model wrote.</param>
    /// <param name="shape">The type that it should have.</param>
    /// <param name="value">The first value in the text that fits.</param>
    /// <param name="problem">What is wrong with the likeliest one, and where.</param>
    public static bool TryRead<T>(string? text, JsonShape<T> shape, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        foreach (var json in JsonExtraction.Find(text ?? string.Empty))
        {
            if (shape.TryRead(json, out value, out var itsProblem))
            {
                problem = null;
                return true;
            }

            problem ??= itsProblem;
        }

        value = default;
        problem ??= text?.Any(letter => !char.IsWhiteSpace(letter)) == true ? "it holds no complete JSON value" : "it is empty";
        return false;
    }
}
