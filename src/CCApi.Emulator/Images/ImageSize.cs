using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Reads the size that a request asks for, in each of the ways that the operations have.</summary>
internal static class ImageSize
{
    private const int Default = 1024;
    private const int Largest = 2048;
    private const int Smallest = 16;

    /// <summary>The size of a member, which may be missing; null when it is none.</summary>
    public static (int Width, int Height)? FromMember(JsonNode? size)
    {
        if (size is null)
        {
            return (Default, Default);
        }

        return FromText((size as JsonValue)?.GetValueKind() == JsonValueKind.String ? size.GetValue<string>() : string.Empty);
    }

    /// <summary><c>1024x768</c>; null when it is none.</summary>
    public static (int Width, int Height)? FromText(string? size)
    {
        if (size is null or "auto")
        {
            return (Default, Default);
        }

        if (Pair(size, 'x') is not { } pair)
        {
            return null;
        }

        return Allowed(pair.First, pair.Second);
    }

    /// <summary>Width and height, or an aspect ratio with the longer side at its default; null when they are none.</summary>
    public static (int Width, int Height)? FromParameters(JsonObject? parameters)
    {
        // 0 counts as missing: the documented example sends both.
        var (width, height) = (parameters?.Number("width") ?? 0, parameters?.Number("height") ?? 0);
        if ((width, height) != (0, 0))
        {
            return Allowed(width == 0 ? Default : width, height == 0 ? Default : height);
        }

        if (parameters?.Text("aspect_ratio") is not { } ratio)
        {
            return (Default, Default);
        }

        if (Pair(ratio, ':') is not { First: > 0, Second: > 0 } sides)
        {
            return null;
        }

        var (across, down) = sides;
        if (across >= down)
        {
            return Allowed(Default, (int)((long)Default * down / across));
        }

        return Allowed((int)((long)Default * across / down), Default);
    }

    private static (int First, int Second)? Pair(string text, char separator)
    {
        var parts = text.Split(separator);
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var second))
        {
            return (first, second);
        }

        return null;
    }

    private static (int Width, int Height)? Allowed(int width, int height)
    {
        if (IsAllowed(width) && IsAllowed(height))
        {
            return (width, height);
        }

        return null;
    }

    private static bool IsAllowed(int side) => side is >= Smallest and <= Largest;
}
