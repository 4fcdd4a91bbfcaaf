using System;
using System.Threading.Tasks;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;
using static CCApi.Sdk.WireMockTests.Hostile.Hostile;

namespace CCApi.Sdk.WireMockTests.Hostile;

/// <summary>Headers that never end, or are too large, and interim responses that no response follows.</summary>
[Collection(AloneTests.Name)]
public class EndlessHeaderTests
{
    public static TheoryData<string, string> Heads() => new()
    {
        { "", "HTTP/1.1 100 Continue\r\n\r\n" },
        { "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" },
        { "HTTP/1.1 200 OK\r\n", "X-More: 1\r\n" },
        { "HTTP/1.1 200 OK\r\nX-More: ", new string('a', 1024) },
        { "HTTP/1.1 200 " + new string('a', Mebibyte), "a" },
        { "HTTP/1.1 200 OK\r\nX-Large: " + new string('a', Mebibyte) + "\r\nContent-Length: 2\r\n\r\n{}", " " },
        { "HTTP/1.1 500 X\r\nX-Large: " + new string('a', Mebibyte) + "\r\nContent-Length: 2\r\n\r\n{}", " " },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n1;ext=", new string('a', 1024) },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: 1\r\n" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public async Task Headers_WithoutEnd_AreAnErrorOfTheSdk(string head, string piece)
    {
        using var server = new EndlessServer(head, piece);
        using var client = Client(server.Address, options => options.Timeouts.Attempt = options.Timeouts.Idle = TimeSpan.FromSeconds(10));

        var (plain, bytes) = await FailAsync(() => client.Chat.CompleteAsync("m", "p"));
        var (streamed, more) = await FailAsync(() => ReadTextAsync(client));

        Assert.True(plain is CCApiConnectionException { MayHaveBeenSent: true }, $"{plain}");
        Assert.True(streamed is CCApiConnectionException or CCApiStreamException, $"{streamed}");
        Assert.InRange(bytes + more, 0, 48 * Mebibyte);
    }
}
