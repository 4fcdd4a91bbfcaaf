using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class PromptDatesTests
{
    [Theory]
    [InlineData("on 2026-07-04.", "2026-07-04@3")]
    [InlineData("at 2026-07-04T10:00:00Z", "2026-07-04@3")]
    [InlineData("on 4 July 2026", "2026-07-04@3")]
    [InlineData("on July 4th, 2026", "2026-07-04@3")]
    [InlineData("on Jul 4 2026", "2026-07-04@3")]
    [InlineData("am 4.7.2026", "2026-07-04@3")]
    [InlineData("on 7/4/2026", "2026-07-04@3")]
    [InlineData("on 14/7/2026", "2026-07-14@3")]
    [InlineData("on 2026-13-45, 99/99/2026 and Room 12 2026", "")]
    public void In_OfAText_HasItsDates(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', PromptDates.In(text).Select(date => $"{date.Value}@{date.Index}")));

    [Theory]
    [InlineData("at 9:05 and 23:59:59", "9:05@3 23:59:59@12")]
    [InlineData("a ratio of 16:9, or 25:00", "")]
    public void TimesIn_OfAText_HasItsTimes(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', PromptDates.TimesIn(text).Select(time => $"{time.Value}@{time.Index}")));

    [Fact]
    public void Without_OfAText_LeavesTheRestAtItsPlace() =>
        Assert.Equal("4 on              and      ; Room 12 2026", PromptDates.Without("4 on July 4, 2026 and 10:30; Room 12 2026"));
}
