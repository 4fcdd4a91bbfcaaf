using System;

namespace CCApi.Emulator;

/// <summary>A picture that came with a request.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pixels">Red, green, blue and opacity of each.</param>
internal sealed record Picture(int Width, int Height, byte[] Pixels)
{
    /// <summary>The pixel at a place of a canvas onto which this is stretched.</summary>
    public ReadOnlySpan<byte> At(int x, int y, int width, int height) =>
        Pixels.AsSpan(4 * (((int)((long)y * Height / height) * Width) + (int)((long)x * Width / width)), 4);

    /// <summary>
    /// Whether a mask says there that the image is to be repainted: where it is transparent, as OpenAI has it, or bright, as
    /// others do.
    /// </summary>
    public bool IsMarked(int x, int y, int width, int height) => At(x, y, width, height) is [var red, var green, var blue, var opacity]
        && (opacity < 128 || red + green + blue >= 384);
}
