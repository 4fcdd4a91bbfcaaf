using System;
using System.Buffers;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class CharacterEncoderTests
{
    private const string Emoji = "\U0001F600";

    [Theory]
    [InlineData("plain")]
    [InlineData(Emoji)]
    [InlineData("a" + Emoji + "b" + Emoji + Emoji)]
    [InlineData("Zürich 会 <a href='x'>&+" + Emoji)]
    [InlineData("\"quoted\"\\\n\t" + Emoji + "\"\n")]
    [InlineData("\n" + Emoji)]
    public void Write_OfAText_EscapesWhatJsonMustEscapeOnly(string text)
    {
        var expected = "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t") + "\"";

        Assert.Equal(expected, WriteText(text));
        Assert.Equal(expected, WriteUtf8(text));
    }

    [Theory]
    [InlineData("\uD83D")]
    [InlineData("\uDE00")]
    [InlineData("a\uD83Db" + Emoji)]
    [InlineData("\uD83D" + Emoji)]
    [InlineData(Emoji + "\uDE00")]
    public void Write_OfHalfAPair_IsThePlatforms(string text)
    {
        var read = JsonSerializer.Deserialize<string>(WriteText(text));

        Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), read);
    }

    [Fact]
    public void Write_OfAnyText_ReadsAlike()
    {
        var random = new Random(7);
        string[] pieces = ["a", "\"", "\\", "\n", "é", "会", Emoji, "\uD83D", "\uDE00", "\u2028", "<", new string('x', 40)];

        for (var i = 0; i < 500; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));

            var read = JsonSerializer.Deserialize<string>(WriteText(text));

            Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), read);
            Assert.Equal(read, JsonSerializer.Deserialize<string>(WriteUtf8(text)));
        }
    }

    [Fact]
    public void Encode_IntoTooLittleRoom_ReportsIt()
    {
        var status = CharacterEncoder.Instance.Encode(Emoji.AsSpan(), new char[1], out var consumed, out var written);

        Assert.Equal((OperationStatus.DestinationTooSmall, 0, 0), (status, consumed, written));
    }

    [Fact]
    public void WillEncode_OfACharacter_IsTrueForWhatJsonMustEscapeOnly()
    {
        Assert.True(CharacterEncoder.Instance.WillEncode('"'));
        Assert.False(CharacterEncoder.Instance.WillEncode('é'));
        Assert.False(CharacterEncoder.Instance.WillEncode(0x1F600));
    }

    private static string WriteText(string text) => Write(writer => writer.WriteStringValue(text));

    private static string WriteUtf8(string text) => Write(writer => writer.WriteStringValue(Encoding.UTF8.GetBytes(text)));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = CharacterEncoder.Instance }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
