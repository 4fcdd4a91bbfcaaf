using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class JsonEscapesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(@"""\uD83D\uDE00""", "\"😀\"")]
    [InlineData(@"""\ud83d\ude00\u3000\u00a0x""", "\"😀\u3000\u00a0x\"")]
    [InlineData(@"""\\uD83D\\uDE00""", @"""\\uD83D\\uDE00""")]
    [InlineData(@"""\\\uD83D\uDE00""", "\"\\\\😀\"")]
    [InlineData(@"""\n\u0022\u007f\u009f""", @"""\n\u0022\u007f\u009f""")]
    [InlineData(@"""\uD83D""", @"""\uD83D""")]
    [InlineData(@"""\uDE00\uD83D""", @"""\uDE00\uD83D""")]
    [InlineData(@"""\uD83Dx\uDE00""", @"""\uD83Dx\uDE00""")]
    public void Decode_OfEscapes_GivesTheCharactersThatNeedNone(string json, string expected) => Assert.Equal(expected, JsonEscapes.Decode(json));

    [Theory]
    [InlineData(@"""\ud83d""", true)]
    [InlineData(@"""\ude00""", true)]
    [InlineData(@"""\ud83d\ud83d\ude00""", true)]
    [InlineData(@"""\ud83d \ude00""", true)]
    [InlineData(@"""\\ud83d""", false)]
    [InlineData(@"""\ud83d\ude00""", false)]
    [InlineData(@"""\u0041\n""", false)]
    [InlineData("{}", false)]
    public void HasLoneSurrogates_OfJson_IsWhetherAPairIsIncomplete(string json, bool expected) => Assert.Equal(expected, JsonEscapes.HasLoneSurrogates(json));
}
