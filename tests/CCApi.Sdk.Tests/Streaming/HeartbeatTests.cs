using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class HeartbeatTests
{
    [Theory]
    [InlineData("ping", true)]
    [InlineData("PING", true)]
    [InlineData("\"ping\"", true)]
    [InlineData("'pong'", true)]
    [InlineData("[PING]", true)]
    [InlineData("keep-alive", true)]
    [InlineData("keepalive", true)]
    [InlineData("Keep_Alive", true)]
    [InlineData("keep alive", true)]
    [InlineData(": keepalive", true)]
    [InlineData(":", true)]
    [InlineData(": OPENROUTER PROCESSING, which may be longer than any heartbeat of another form", true)]
    [InlineData("heartbeat", true)]
    [InlineData("noop", true)]
    [InlineData("OPENROUTER PROCESSING", true)]
    [InlineData("OPENROUTER PROCESSING FAILED", false)]
    [InlineData("PROCESSING", false)]
    [InlineData("ping - 2026-11-26T13:28:14.123456Z", true)]
    [InlineData("ping - 2026-11-26 13:28:14.123456+00:00", true)]
    [InlineData("", false)]
    [InlineData("pin", false)]
    [InlineData("pinging", false)]
    [InlineData("ping failed", false)]
    [InlineData("ping{\"a\":1}", false)]
    [InlineData("ping{", false)]
    [InlineData("ping}", false)]
    [InlineData("ping a", false)]
    [InlineData("ping | 7", true)]
    [InlineData("a ping", false)]
    [InlineData("{\"ping\"", false)]
    [InlineData("ping .................................................................", false)]
    public void IsLine_OfALine_IsWhetherItOnlyKeepsTheConnectionOpen(string line, bool expected)
    {
        Assert.Equal(expected, Heartbeat.IsLine(Encoding.UTF8.GetBytes(line)));
    }

    [Theory]
    [InlineData("p", true)]
    [InlineData("Keep-Al", true)]
    [InlineData("ping", true)]
    [InlineData("pings", false)]
    [InlineData("\"", false)]
    [InlineData("", false)]
    public void MayBeCut_OfALine_IsWhetherAWordStartsSo(string line, bool expected)
    {
        Assert.Equal(expected, Heartbeat.MayBeCut(Encoding.UTF8.GetBytes(line)));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void All_OfAPaddedWord_TakeUpTo64Characters(int length, bool expected)
    {
        var text = "ping".PadRight(length, '.');
        var line = Encoding.UTF8.GetBytes(text);

        Assert.Equal((expected, expected, expected), (Heartbeat.IsLine(line), Heartbeat.MayBeCut(line), Heartbeat.IsWord(text)));
    }

    [Theory]
    [InlineData("ping", true)]
    [InlineData("Keep-Alive", true)]
    [InlineData("keep_alive", true)]
    [InlineData("HEARTBEAT", true)]
    [InlineData("ping 7", false)]
    [InlineData("pings", false)]
    [InlineData("pin", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsWord_OfAText_IsWhetherItIsASpelling(string? text, bool expected)
    {
        Assert.Equal(expected, Heartbeat.IsWord(text));
    }
}
