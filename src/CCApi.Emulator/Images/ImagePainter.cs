using System;
using System.Collections.Generic;
using System.Globalization;

namespace CCApi.Emulator;

/// <summary>
/// Paints a picture that shows what was asked: the prompt, the model and the seed on a light panel, over colors that the seed
/// chooses, or over the image that is to be changed where no mask marks it.
/// </summary>
internal static class ImagePainter
{
    private const int Spacing = 1;
    private const int CharactersPerLine = 28;

    public static byte[] Paint(
        string prompt, string model, long seed, int width, int height, ImageInput? input = null)
    {
        var pixels = new byte[width * height * 3];
        PaintBackground(pixels, width, height, GatewayRequest.Hash((int)seed, prompt));
        if (input?.Image is { } image)
        {
            PaintInput(pixels, width, height, image, input.Mask);
        }

        var lines = Wrap(prompt, CharactersPerLine, most: 8);
        lines.Add(string.Empty);
        lines.Add(Shorten(model, CharactersPerLine));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        PaintText(pixels, width, height, lines);

        return PngWriter.Write(pixels, width, height);
    }

    private static void PaintBackground(byte[] pixels, int width, int height, uint hash)
    {
        // Bright enough that the dark characters stand out wherever they are.
        var (red, green, blue) = (140 + (int)(hash & 0x5F), 140 + (int)((hash >> 8) & 0x5F), 140 + (int)((hash >> 16) & 0x5F));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y * width) + x) * 3;
                pixels[at] = (byte)(red - (60 * x / width));
                pixels[at + 1] = (byte)(green - (60 * y / height));
                pixels[at + 2] = (byte)(blue - (30 * (x + y) / (width + height)));
            }
        }
    }

    private static void PaintInput(byte[] pixels, int width, int height, Picture image, Picture? mask)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (mask?.IsMarked(x, y, width, height) != true)
                {
                    image.At(x, y, width, height)[..3].CopyTo(pixels.AsSpan(((y * width) + x) * 3));
                }
            }
        }
    }

    private static void PaintText(byte[] pixels, int width, int height, List<string> lines)
    {
        var cellWidth = BitmapFont.Width + Spacing;
        var cellHeight = BitmapFont.Height + (2 * Spacing);
        var scale = Math.Max(
            1,
            Math.Min(width / ((CharactersPerLine + 2) * cellWidth), height / ((lines.Count + 2) * cellHeight)));

        var (left, top) = (scale * cellWidth, scale * cellHeight);
        Fill(pixels, width, height, left / 2, top / 2, width - left, (lines.Count + 1) * scale * cellHeight, 245);

        for (var row = 0; row < lines.Count; row++)
        {
            for (var column = 0; column < lines[row].Length; column++)
            {
                PaintCharacter(
                    pixels,
                    width,
                    height,
                    lines[row][column],
                    left + (column * scale * cellWidth),
                    top + (row * scale * cellHeight),
                    scale);
            }
        }
    }

    private static void PaintCharacter(
        byte[] pixels, int width, int height, char character, int left, int top, int scale)
    {
        for (var y = 0; y < BitmapFont.Height; y++)
        {
            for (var x = 0; x < BitmapFont.Width; x++)
            {
                if (BitmapFont.IsSet(character, x, y))
                {
                    Fill(pixels, width, height, left + (x * scale), top + (y * scale), scale, scale, 20);
                }
            }
        }
    }

    private static void Fill(
        byte[] pixels, int width, int height, int left, int top, int columns, int rows, byte gray)
    {
        for (var y = Math.Max(top, 0); y < Math.Min(top + rows, height); y++)
        {
            for (var x = Math.Max(left, 0); x < Math.Min(left + columns, width); x++)
            {
                pixels.AsSpan(((y * width) + x) * 3, 3).Fill(gray);
            }
        }
    }

    private static List<string> Wrap(string text, int length, int most)
    {
        var lines = new List<string>();
        var line = string.Empty;

        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var part = Shorten(word, length);
            if (line.Length > 0 && line.Length + 1 + part.Length > length)
            {
                lines.Add(line);
                line = string.Empty;
            }

            line = line.Length == 0 ? part : $"{line} {part}";
        }

        lines.Add(line);
        if (lines.Count <= most)
        {
            return lines;
        }

        return lines.GetRange(0, most);
    }

    private static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..length];
    }
}
