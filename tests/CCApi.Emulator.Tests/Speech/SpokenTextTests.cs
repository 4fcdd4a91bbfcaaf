using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class SpokenTextTests
{
    [Theory]
    [InlineData("Hi", 1, 0.4)]
    [InlineData("123456789012345678901234567890", 1, 2)]
    [InlineData("123456789012345678901234567890", 2, 1)]
    public void Seconds_OfAText_AreThoseOfReadingIt(string text, double speed, double seconds) => Assert.Equal(seconds, SpokenText.Seconds(text, speed), 0.001);

    [Fact]
    public void Tones_OfCharactersAndPauses_FollowThem()
    {
        var tones = SpokenText.Tones("ab a", "aria", frames: 8, tones: 4);

        Assert.Equal((tones[0], tones[2], SpokenText.Pause, tones[0]), (tones[1], tones[3], tones[4], tones[7]));
        Assert.NotEqual(SpokenText.Pause, tones[0]);
    }

    [Fact]
    public void Tones_OfSeveralVoices_AreDifferentMelodies()
    {
        string[] voices = ["aria", "roger", "alloy", "echo", "nova", ""];

        var melodies = voices.Select(voice => string.Join(',', SpokenText.Tones("Welcome to the gateway", voice, frames: 44, tones: 4)));

        Assert.Equal(voices.Length, melodies.Distinct().Count());
    }

    [Fact]
    public void Tones_OfAnyText_AreInRange()
    {
        var tones = SpokenText.Tones("Größe 日本語 123!", "roger", frames: 3, tones: 4).Concat(SpokenText.Tones("a", "", frames: 900, tones: 4));

        Assert.All(tones, tone => Assert.InRange(tone, SpokenText.Pause, 3));
    }
}
