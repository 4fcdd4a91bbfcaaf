using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptUnitsTests
{
    [Theory]
    [InlineData("Convert 5 km to miles", "km", "miles")]
    [InlineData("Convert 5.5km/h into m/s, please", "km/h", "m/s")]
    [InlineData("20 °C in °F", "°C", "°F")]
    [InlineData("Go to Oslo", null, null)]
    [InlineData("A room of 20 m²", "m²", null)]
    public void Units_OfAPrompt_AreThoseOfItsNumber(string prompt, string? unit, string? target) =>
        Assert.Equal((unit, target), (PromptUnits.OfNumber(prompt), PromptUnits.Target(prompt)));
}
