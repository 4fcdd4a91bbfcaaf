using System.Linq;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class OggSpeechTests
{
    /// <summary>Of one page of sound, of two, and of several whose last one holds a single packet.</summary>
    [Theory]
    [InlineData("Hi", 0.4, 3)]
    [InlineData("12345678901234567890", 1.333, 4)]
    [InlineData("123456789012345678901234567890123456789012345678901234567890", 4, 7)]
    public void Speak_OfAText_IsPagesOfTheStatedDuration(string text, double seconds, int pages)
    {
        var (file, stated) = OggSpeech.Speak(text, "aria", speed: 1);
        var ogg = OggFile.Read(file);

        Assert.Equal((seconds, seconds, pages), (stated, System.Math.Round(ogg.Seconds, 3), ogg.Pages.Count));
    }

    [Fact]
    public void Speak_OfWords_HoldsSoundAndPauses()
    {
        var ogg = OggFile.Read(OggSpeech.Speak("one two", "aria", 1).File);

        var silent = ogg.Packets.Count(packet => packet.Skip(3).All(value => value == 0));

        Assert.InRange(silent, 1, ogg.Packets.Count / 4);
    }

    [Fact]
    public void Speak_InTwoVoices_SoundsDifferent() => Assert.NotEqual(OggSpeech.Speak("Hello", "aria", 1).File, OggSpeech.Speak("Hello", "roger", 1).File);
}
