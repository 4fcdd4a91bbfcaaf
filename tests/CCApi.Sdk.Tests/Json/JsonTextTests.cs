using System;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

[Properties(Replay = "20261103,7")]
public class JsonTextTests
{
    private const string High = "\uD83D";
    private const string Low = "\uDE00";

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("Zürich 会 😀", "Zürich 会 😀")]
    [InlineData("""\"\\\/\b\f\n\r\t""", "\"\\/\b\f\n\r\t")]
    [InlineData("""\u0041\u00fC\u4F1a""", "Aü会")]
    [InlineData("""\ud83d\ude00""", "😀")]
    [InlineData("""\uD83D\uDE00""", "😀")]
    [InlineData("""a\nb""", "a\nb")]
    [InlineData("""ü\u00fcü""", "üüü")]
    [InlineData("""\u0000""", "\0")]
    [InlineData("\u2028\u2029", "\u2028\u2029")]
    [InlineData("""\u2028""", "\u2028")]
    [InlineData("""\\u0041""", "\\u0041")]
    [InlineData("\u007F", "\u007F")]
    public void Decode_OfText_GivesTheSameAsEveryReader(string raw, string expected)
    {
        var json = $"\"{raw}\"";

        var text = Reading.Value(json, JsonText.Decode);

        Assert.Equal(expected, text);
        Assert.Equal(expected, Reading.CutValue(json, JsonText.Decode));
        Assert.Equal(JsonSerializer.Deserialize<string>(json), text);
    }

    [Fact]
    public void Decode_OfLoneHighSurrogate_KeepsIt()
    {
        var text = Reading.Value("""
            "a\ud83d"
            """, JsonText.Decode);

        Assert.Equal("a" + High, text);
    }

    [Fact]
    public void Decode_OfLoneLowSurrogate_KeepsIt()
    {
        var text = Reading.Value("""
            "\ude00b"
            """, JsonText.Decode);

        Assert.Equal(Low + "b", text);
    }

    [Fact]
    public void Decode_OfReversedPair_KeepsBoth()
    {
        var text = Reading.Value("""
            "\ude00\ud83d"
            """, JsonText.Decode);

        Assert.Equal(Low + High, text);
    }

    [Fact]
    public void Decode_OfPairCutInTwoStrings_JoinsToTheCharacter()
    {
        var first = Wire.Read<ChatCompletionDelta>("""{"content":"smile \ud83d"}""");
        var second = Wire.Read<ChatCompletionDelta>("""{"content":"\ude00!"}""");

        var joined = first.Content?.Text + second.Content?.Text;

        Assert.Equal("smile 😀!", joined);
    }

    [Theory]
    [InlineData("22FF22", "\uFFFD")]
    [InlineData("2261C322", "a\uFFFD")]
    [InlineData("22C36122", "\uFFFDa")]
    [InlineData("22F09F9822", "\uFFFD")]
    [InlineData("228022", "\uFFFD")]
    [InlineData("22FF5C6E22", "\uFFFD\n")]
    [InlineData("225C75303034318022", "A\uFFFD")]
    public void Decode_OfBadUtf8_ReplacesIt(string hex, string expected)
    {
        var text = Reading.Value(Bytes(hex), JsonText.Decode);

        // How many replacement characters stand for one cut character differs between runtimes.
        Assert.Equal(expected, text.Replace("\uFFFD\uFFFD\uFFFD", "\uFFFD").Replace("\uFFFD\uFFFD", "\uFFFD"));
    }

    [Fact]
    public void Decode_OfEncodedSurrogate_Replaces()
    {
        var text = Reading.Value(Bytes("22EDA0BD22"), JsonText.Decode);

        Assert.NotEmpty(text);
        Assert.All(text, character => Assert.Equal('\uFFFD', character));
    }

    [Fact]
    public void Decode_OfAMemberName_Works()
    {
        var reader = new Utf8JsonReader("""{"na\u006De":1}"""u8);
        reader.Read();
        reader.Read();

        var name = JsonText.Decode(ref reader);

        Assert.Equal("name", name);
    }

    [Fact]
    public void Utf8_OfNothing_IsTheEmptyString()
    {
        var text = JsonText.Utf8([]);

        Assert.Same(string.Empty, text);
    }

    [Fact]
    public void Raw_OfCutMemory_IsWhole()
    {
        var raw = Reading.CutValue("-12.50e3", (ref Utf8JsonReader reader) => JsonText.Utf8(JsonText.Raw(ref reader)));

        Assert.Equal("-12.50e3", raw);
    }

    [Property]
    public void Decode_OfAnyEscapedText_GivesItBack(int[] characters)
    {
        // All 65536 of them: surrogates, controls and halves included.
        var text = new string([.. characters.Select(character => (char)(character * 0x9E3779B1))]);

        var json = $"\"{string.Concat(text.Select(character => $"\\u{(int)character:X4}"))}\"";

        Assert.Equal(text, Reading.Value(json, JsonText.Decode));
        Assert.Equal(text, Reading.CutValue(json, JsonText.Decode));
    }

    [Property]
    public void Decode_OfAnyEncoderOutput_GivesItBack(string? text, int[] characters)
    {
        var whole = WellFormed(text + new string([.. characters.Select(character => (char)(character * 0x9E3779B1))]));

        string[] spellings =
        [
            $"\"{JsonEncodedText.Encode(whole)}\"",
            $"\"{JsonEncodedText.Encode(whole, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"",
            JsonSerializer.Serialize(whole),
        ];

        Assert.All(spellings, json => Assert.Equal(whole, Reading.Value(json, JsonText.Decode)));
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(string hex) =>
        [.. Enumerable.Range(0, hex.Length / 2).Select(i => Convert.ToByte(hex.Substring(i * 2, 2), 16))];
}
