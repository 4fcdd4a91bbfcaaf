using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;
using static CCApi.Sdk.WireMockTests.Hostile.Hostile;

namespace CCApi.Sdk.WireMockTests.Hostile;

/// <summary>A megabyte that becomes a gigabyte, and bodies that are not what their encoding says.</summary>
[Collection(AloneTests.Name)]
public class CompressionTests
{
    private const int Repeats = 64;

    [Theory]
    [InlineData("application/json", 200, typeof(CCApiProtocolException))]
    [InlineData("text/html", 502, typeof(CCApiServerException))]
    [InlineData("application/json", 401, typeof(CCApiUnauthorizedException))]
    public async Task Complete_OfABomb_EndsAtTheLimit(string mediaType, int status, Type type)
    {
        using var server = Bomb(mediaType, status, (byte)' ');
        using var client = Client(server.Address, options => options.MaxResponseBytes = 16 * Mebibyte);

        var (exception, bytes) = await FailAsync(() => client.Chat.CompleteAsync("m", "p"));

        Assert.IsType(type, exception);
        Assert.InRange(bytes, 0, 80 * Mebibyte);
    }

    [Theory]
    [InlineData((byte)0, "MaxLineBytes")]
    [InlineData((byte)'\n', "MaxResponseBytes")]
    public async Task Stream_OfABomb_EndsAtTheLimit(byte content, string limit)
    {
        using var server = Bomb("text/event-stream", 200, content);
        using var client = Client(server.Address, options => options.MaxResponseBytes = 16 * Mebibyte);

        var (exception, bytes) = await FailAsync(() => ReadTextAsync(client));

        Assert.Contains(limit, Assert.IsType<CCApiStreamException>(exception).Message, StringComparison.Ordinal);
        Assert.InRange(bytes, 0, 48 * Mebibyte);
    }

    [Fact]
    public async Task Save_OfABomb_EndsAtTheLimitAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var server = Bomb("image/png", 200, 0);
        using var client = Client(server.Address);

        var (exception, bytes) = await FailAsync(() => client.Images.SaveAsync(Image(server.Address), folder.At("a"), new MediaSaveOptions { MaxBytes = 16 * Mebibyte }));

        Assert.Contains("MediaSaveOptions.MaxBytes", Assert.IsType<CCApiProtocolException>(exception).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
        Assert.InRange(bytes, 0, 24 * Mebibyte);
    }

    /// <summary>Otherwise the tests above would show nothing.</summary>
    [Fact]
    public async Task Bomb_OfAMegabyte_IsAGigabyte()
    {
        using var server = Bomb("image/png", 200, 0);
        using var client = Client(server.Address);
        await using var file = await client.Images.OpenReadAsync(Image(server.Address));
        var buffer = new byte[Mebibyte];
        var total = 0L;

        for (var read = 1; read > 0; total += read)
        {
            read = await file.ReadAsync(buffer);
        }

        Assert.Equal(1L << 30, total);
        Assert.InRange(Compressed(0).Length * (long)Repeats, 1, 2 * Mebibyte);
    }

    [Theory]
    [InlineData("gzip", "zz")]
    [InlineData("deflate", "x\u0001")]
    [InlineData("br", "zz")]
    public async Task Response_NotCompressedAsDeclared_IsAnErrorOfTheSdk(string encoding, string start)
    {
        using var folder = new TemporaryFolder();
        using var server = new RawServer($"HTTP/1.1 200 X\r\nContent-Encoding: {encoding}\r\nContent-Length: 42\r\nConnection: close\r\n\r\n{start}" + new string('w', 40));
        using var client = Client(new Uri($"http://127.0.0.1:{server.Port}/v1"));

        var plain = await Assert.ThrowsAsync<CCApiProtocolException>(() => client.Chat.CompleteAsync("m", "p"));
        await Assert.ThrowsAnyAsync<CCApiException>(() => ReadTextAsync(client));
        var saved = await Assert.ThrowsAsync<CCApiProtocolException>(() => client.Images.SaveAsync(Image(new Uri($"http://127.0.0.1:{server.Port}")), folder.At("a")));

        Assert.StartsWith("POST /chat/completions returned a body that cannot be decompressed:", plain.Message, StringComparison.Ordinal);
        Assert.StartsWith("The download from 127.0.0.1 returned a body that cannot be decompressed:", saved.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Error_ThatIsNotCompressedAsItSays_IsWhatItsStatusSays(string encoding)
    {
        using var server = new RawServer($"HTTP/1.1 503 X\r\nContent-Encoding: {encoding}\r\nContent-Length: 40\r\nConnection: close\r\n\r\n" + new string('z', 40));
        using var client = Client(new Uri($"http://127.0.0.1:{server.Port}/v1"));

        await Assert.ThrowsAsync<CCApiServerException>(() => client.Chat.CompleteAsync("m", "p"));
    }

    /// <summary>One response of 64 gzip members, each of which is 16 MiB of the same byte.</summary>
    private static EndlessServer Bomb(string mediaType, int status, byte content)
    {
        var member = Compressed(content);
        var head = $"HTTP/1.1 {status} X\r\nContent-Type: {mediaType}\r\nContent-Encoding: gzip\r\nContent-Length: {member.Length * Repeats}\r\nConnection: close\r\n\r\n";
        return new EndlessServer(head, [.. Enumerable.Repeat(member, Repeats).SelectMany(bytes => bytes)]);
    }

    private static byte[] Compressed(byte content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
        {
            gzip.Write([.. Enumerable.Repeat(content, 16 * Mebibyte)]);
        }

        return target.ToArray();
    }
}
