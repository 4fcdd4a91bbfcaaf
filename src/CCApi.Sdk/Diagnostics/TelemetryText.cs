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
