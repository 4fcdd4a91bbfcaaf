using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class CCApiResponseTests
{
    [Fact]
    public async Task ReadAsStringAsync_OfACharacterSet_UsesIt()
    {
        using var content = new ByteArrayContent([0xE4]);
        content.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=\"iso-8859-1\"");
        using var response = new CCApiResponse(new MemoryStream([0xE4])) { ContentHeaders = content.Headers };

        Assert.Equal("ä", await response.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("none")]
#if !NETFRAMEWORK
    // Which .NET no longer reads.
    [InlineData("utf-7")]
#endif
    public async Task ReadAsStringAsync_OfAnUnknownCharacterSet_IsUtf8(string charset)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Type", $"text/plain; charset={charset}");
        using var response = new CCApiResponse(new MemoryStream([0xC3, 0xA4])) { ContentHeaders = content.Headers };

        Assert.Equal("ä", await response.ReadAsStringAsync());
    }

    [Fact]
    public async Task ReadAsBytesAsync_OfMoreThanTheLimit_Throws()
    {
        using var response = new CCApiResponse(new MemoryStream([1, 2, 3])) { MaxBytes = 2 };

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => response.ReadAsBytesAsync());

        Assert.Equal("The body is larger than 2 bytes. Read CCApiResponse.Body as a stream, or raise CCApiClientOptions.MaxResponseBytes.", exception.Message);
    }

    [Fact]
    public void Dispose_OfAResponse_ClosesTheBody()
    {
        var body = new MemoryStream();

        new CCApiResponse(body, "video/mp4").Dispose();

        Assert.False(body.CanRead);
        Assert.Throws<ArgumentNullException>(() => new CCApiResponse(null!));
    }
}
