using System;
using Xunit;

namespace CCApi.Emulator.Tests.Speech;

public class OggPageTests
{
    /// <summary>Byte by byte, as RFC 3533 has it. OggSpeechTests checks the checksums of whole files.</summary>
    [Fact]
    public void Write_OfTwoPackets_IsAPage()
    {
        var page = OggPage.Write(OggPageKind.Last, position: 0x0102, number: 7, [[0xAA], [0xBB, 0xCC]]);

        Assert.Equal("4F67675300040201000000000000", Convert.ToHexString(page[..14]));
        Assert.Equal("07000000", Convert.ToHexString(page[18..22]));
        Assert.Equal("020102AABBCC", Convert.ToHexString(page[26..]));
    }
}
