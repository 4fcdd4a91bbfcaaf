using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class SpeechFileTests
{
    [Theory]
    [InlineData("mp3", "mp3")]
    [InlineData("wav", "wav")]
    [InlineData("ogg", "ogg")]
    [InlineData("opus", "ogg")]
    [InlineData("flac", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Find_OfAWord_IsTheFormat(string? word, string? format) => Assert.Equal(format, SpeechFile.Find(word));

    [Theory]
    [InlineData("mp3", "audio/mpeg", 0xFF)]
    [InlineData("wav", "audio/wav", 'R')]
    [InlineData("ogg", "audio/ogg", 'O')]
    public void Speak_InAFormat_IsAFileOfThatFormat(string format, string mediaType, int firstByte)
    {
        var speech = SpeechFile.Speak(format, "Hello", "aria", 1);

        Assert.Equal((format, mediaType, firstByte), (speech.Format, speech.MediaType, speech.Bytes[0]));
    }

    [Theory]
    [InlineData("mp3", "mp3")]
    [InlineData("wav", "pcm_s16le")]
    [InlineData("ogg", "opus")]
    public async Task Speak_InAFormat_PlaysInRealDecoders(string format, string codec)
    {
        Assert.SkipWhen(Decoder.IsMissing, "ffmpeg is not installed.");
        var speech = SpeechFile.Speak(format, "Welcome to CCAPI, your unified AI gateway. It hums every word of this sentence.", "aria", 1);

        var sound = await Decoder.ReadAsync(speech.Bytes);

        Assert.Equal((codec, ""), (sound.Codec, sound.Errors));
        Assert.Equal(speech.Seconds, sound.Seconds, speech.Seconds / 50);
        Assert.InRange(sound.Rms, 0.05, 0.5);
    }
}
