using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class WavSpeechTests
{
    [Theory]
    [InlineData("Hi", 0.4)]
    [InlineData("123456789012345678901234567890", 2)]
    public void Speak_OfAText_LastsAsLongAsReadingIt(string text, double seconds)
    {
        var (file, stated) = WavSpeech.Speak(text, "aria", speed: 1);

        Assert.Equal((seconds, seconds), (stated, System.Math.Round(WavFile.Read(file).Seconds, 3)));
    }

    [Fact]
    public void Speak_InTwoVoices_SoundsDifferent()
    {
        var files = (WavSpeech.Speak("Hello", "aria", 1).File, WavSpeech.Speak("Hello", "roger", 1).File);

        Assert.NotEqual(files.Item1, files.Item2);
    }

    [Fact]
    public void Speak_Twice_SoundsTheSame()
    {
        var files = (WavSpeech.Speak("Hello", "aria", 1).File, WavSpeech.Speak("Hello", "aria", 1).File);

        Assert.Equal(files.Item1, files.Item2);
    }

    [Fact]
    public void Speak_OfAPause_IsSilentThere()
    {
        var wav = WavFile.Read(WavSpeech.Speak("aaaaaaaa        ", "aria", 1).File);

        var (sound, pause) = (wav with { Samples = wav.Samples[..(wav.Samples.Length / 2)] }, wav with { Samples = wav.Samples[((wav.Samples.Length / 2) + 1)..] });

        Assert.True(sound.Rms > 0.1);
        Assert.Equal(0, pause.Rms);
    }
}
