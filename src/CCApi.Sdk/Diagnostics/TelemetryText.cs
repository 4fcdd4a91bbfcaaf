using System;

namespace CCApi.Sdk;

/// <summary>Prepares what a gateway or a caller wrote for attributes.</summary>
/// <param name="mask">Masks the keys of the call.</param>
/// <param name="clean">Masks the keys, bounds the length, and removes control characters.</param>
internal sealed class TelemetryText(Func<string, string> mask, Func<string, string> clean)
{
    /// <summary>Content without the keys, in its full length.</summary>
    public string? Mask(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return mask(text);
    }

    /// <summary>Content without the keys; what is longer ends with an ellipsis.</summary>
    /// <remarks>Masked first: the start of a key that is truncated could not be recognized.</remarks>
    public string? Mask(string? text, int maxLength)
    {
        if (text is null)
        {
            return null;
        }

        var masked = mask(text);
        if (masked.Length <= maxLength)
        {
            return masked;
        }

        var isInPair = maxLength > 0 && char.IsHighSurrogate(masked[maxLength - 1]);

        return $"{masked.Substring(0, isInPair ? maxLength - 1 : maxLength)}…";
    }

    /// <summary>A name or an id as one short line; null when there is none.</summary>
    public string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return clean(text!);
    }
}
