using System.Linq;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class Mp3SpeechTests
{
    [Theory]
    [InlineData("Hi", 0.4)]
    [InlineData("123456789012345678901234567890", 2)]
    public void Speak_OfAText_IsFramesOfTheStatedDuration(string text, double seconds)
    {
        var (file, stated) = Mp3Speech.Speak(text, "aria", speed: 1);
        var mp3 = Mp3File.Read(file);

        Assert.Equal((48_000, stated, mp3.Frames, file.Length), (mp3.SampleRate, System.Math.Round(mp3.Seconds, 3), mp3.StatedFrames, mp3.StatedBytes));
        Assert.InRange(mp3.Seconds, seconds, seconds + 0.024);
    }

    [Fact]
    public void Speak_OfWords_HoldsSoundAndPauses()
    {
        var frames = Mp3Speech.Speak("one two", "aria", 1).File.Chunk(Mp3Speech.FrameSize).Skip(1).ToList();

        var silent = frames.Count(frame => frame.Skip(4).All(value => value == 0));

        Assert.InRange(silent, 1, frames.Count / 4);
    }

    [Fact]
    public void Speak_InTwoVoices_SoundsDifferent() => Assert.NotEqual(Mp3Speech.Speak("Hello", "aria", 1).File, Mp3Speech.Speak("Hello", "roger", 1).File);
}
