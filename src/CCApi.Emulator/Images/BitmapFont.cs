using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>Characters of five by seven dots: each is 35 bits, row by row from the top left.</summary>
internal static class BitmapFont
{
    public const int Width = 5;
    public const int Height = 7;

    /// <summary>What a character without a picture looks like.</summary>
    private const long Box = 0x7E318C63F;

    private static readonly Dictionary<char, long> _letters = new()
    {
        [' '] = 0,
        ['A'] = 0x3A31FC631,
        ['B'] = 0x7A31F463E,
        ['C'] = 0x3E108420F,
        ['D'] = 0x7A318C63E,
        ['E'] = 0x7E10F421F,
        ['F'] = 0x7E10F4210,
        ['G'] = 0x3E109C62F,
        ['H'] = 0x4631FC631,
        ['I'] = 0x38842108E,
        ['J'] = 0x1C4210A4C,
        ['K'] = 0x4654C5251,
        ['L'] = 0x42108421F,
        ['M'] = 0x4775AC631,
        ['N'] = 0x4735ACE31,
        ['O'] = 0x3A318C62E,
        ['P'] = 0x7A31F4210,
        ['Q'] = 0x3A318D64D,
        ['R'] = 0x7A31F5251,
        ['S'] = 0x3E107043E,
        ['T'] = 0x7C8421084,
        ['U'] = 0x46318C62E,
        ['V'] = 0x46318C544,
        ['W'] = 0x4631AD771,
        ['X'] = 0x462A22A31,
        ['Y'] = 0x462A21084,
        ['Z'] = 0x7C222221F,
        ['0'] = 0x3A33AE62E,
        ['1'] = 0x11842108E,
        ['2'] = 0x3A213221F,
        ['3'] = 0x78217043E,
        ['4'] = 0x08CA97C42,
        ['5'] = 0x7E1E0862E,
        ['6'] = 0x1910F462E,
        ['7'] = 0x7C2222108,
        ['8'] = 0x3A317462E,
        ['9'] = 0x3A317844C,
        ['.'] = 0x00000018C,
        [','] = 0x000003088,
        [':'] = 0x018C03180,
        [';'] = 0x018C03088,
        ['!'] = 0x108421004,
        ['?'] = 0x3A2131004,
        ['-'] = 0x0000F8000,
        ['_'] = 0x00000001F,
        ['/'] = 0x042222210,
        ['('] = 0x088842082,
        [')'] = 0x208210888,
        ['\''] = 0x108800000,
        ['"'] = 0x294A00000,
        ['+'] = 0x0084F9080,
        ['='] = 0x001F07C00,
        ['#'] = 0x295F57D4A,
        ['%'] = 0x672222273,
        ['&'] = 0x32544564D,
        ['*'] = 0x009575480,
        ['@'] = 0x3A37ADE0E,
    };

    /// <summary>Whether a dot of a character is set. Lower case looks like upper case.</summary>
    public static bool IsSet(char character, int x, int y)
    {
        var dots = _letters.GetValueOrDefault(char.ToUpperInvariant(character), Box);
        return ((dots >> ((Height * Width) - 1 - (y * Width) - x)) & 1) == 1;
    }
}
