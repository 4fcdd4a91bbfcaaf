using System;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The first bytes of files of many kinds.</summary>
internal static class Bodies
{
    public static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mM4IScHAAK2AQUKW6YGAAAAAElFTkSuQmCC");

    public static byte[] Mp3 { get; } = Hex("49 44 33 04 00 00 00 00 00 00 FF FB 90 64 00 00 00 00 00 00");

    /// <summary>Quiet sound without a header: small negative samples, which look a little like the start of an MP3 frame.</summary>
    public static byte[] Pcm { get; } = Hex("FF FF FE FF FF FF FE FF FF FF FE FF FF FF FE FF FF FF FE FF");

    public static byte[] Hex(string hex) => [.. hex.Split(' ').Select(digits => Convert.ToByte(digits, 16))];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
