using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;
using static CCApi.Sdk.WireMockTests.Hostile.Hostile;

namespace CCApi.Sdk.WireMockTests.Hostile;

/// <summary>Responses that never end are read as far as the limits go, in little more memory than that.</summary>
[Collection(AloneTests.Name)]
public class EndlessResponseTests
{
    private const string TooLarge = " returned more than 1048576 bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right.";
    private const string TooLong = "The stream has a line or an event of more than 524288 bytes. Raise CCApiClientOptions.MaxLineBytes if that is right.";
    private const string Chunk = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";

    private static readonly string _characters = new('a', 16 * 1024);

    /// <summary>What a server says, what is asked of it, and what comes of that: the type and a part of the message.</summary>
    private static readonly Dictionary<string, (Func<EndlessServer> Server, Func<CCApiClient, Task> Ask, Type Type, string Message)> _responses = new(StringComparer.Ordinal)
    {
        ["chat"] = (() => Json("200", "{\"id\":\"", _characters), Complete, typeof(CCApiProtocolException), TooLarge),
        ["chat, of a length"] = (() => new EndlessServer($"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {1L << 40}\r\n\r\n", _characters), Complete, typeof(CCApiProtocolException), TooLarge),
        ["chat, white space"] = (() => Json("200", "", new string(' ', 16 * 1024)), Complete, typeof(CCApiProtocolException), TooLarge),
        ["chat, events that nobody asked for"] = (() => Events("", Chunk), Complete, typeof(CCApiProtocolException), TooLarge),
        ["catalog"] = (() => Json("200", "{\"data\":[", "{},{},{},{},"), ListModels, typeof(CCApiProtocolException), TooLarge),
        ["speech"] = (() => EndlessServer.Chunked("200", "audio/mpeg", "ID3", _characters), Speak, typeof(CCApiProtocolException), TooLarge),
        ["error"] = (() => EndlessServer.Chunked("500", "text/html", "<html>", _characters), Complete, typeof(CCApiServerException), " failed: 500: "),
        ["error of a stream"] = (() => Json("402", "{\"error\":\"", _characters), ReadTextAsync, typeof(CCApiBillingException), " failed: 402: "),
        ["stream, one line"] = (() => Events("", _characters), ReadTextAsync, typeof(CCApiStreamException), TooLong),
        ["stream, one line after a chunk"] = (() => Events(Chunk + "data: ", _characters), ReadChunksAsync, typeof(CCApiStreamException), TooLong),
        ["stream, one event of many lines"] = (() => Events("", $"data: {_characters}\n"), ReadTextAsync, typeof(CCApiStreamException), TooLong),
        ["stream, one document of many lines"] = (() => Events("{\n", $"\"a\":1,{_characters}\n"), ReadTextAsync, typeof(CCApiStreamException), TooLong),
        ["stream, chunks"] = (() => Events("", Chunk), ReadTextAsync, typeof(CCApiStreamException), "The stream of POST /chat/completions has more than 1048576 bytes. Raise CCApiClientOptions.MaxResponseBytes if that is right."),
        ["stream, chunks as objects"] = (() => Events("", Chunk), ReadChunksAsync, typeof(CCApiStreamException), "The stream of POST /chat/completions has more than 1048576 bytes."),
        ["stream, comments after a chunk"] = (() => Events(Chunk, ": PING\n\n"), ReadTextAsync, typeof(CCApiStreamException), "The stream of POST /chat/completions has more than 1048576 bytes."),
        ["stream, comments"] = (() => Events("", ": PING\n\n"), ReadTextAsync, typeof(CCApiStreamException), "The stream of POST /chat/completions has more than 1048576 bytes."),
        ["stream, empty lines"] = (() => Events("", "\n\n\n\n\r\n\r\n"), ReadChunksAsync, typeof(CCApiStreamException), "The stream of POST /chat/completions has more than 1048576 bytes."),
        ["stream, unlabeled white space"] = (() => EndlessServer.Chunked("200", "text/plain", "", new string('\n', 16 * 1024)), ReadTextAsync, typeof(CCApiProtocolException), TooLarge),
        ["stream, plain JSON"] = (() => Json("200", "{\"id\":\"", _characters), ReadTextAsync, typeof(CCApiProtocolException), TooLarge),
    };

    public static TheoryData<string> Responses() => [.. _responses.Keys];

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task Response_WithoutEnd_FailsAtTheLimit(string name)
    {
        var (open, ask, type, message) = _responses[name];
        using var server = open();
        using var client = Client(server.Address);

        var (exception, bytes) = await FailAsync(() => ask(client));

        Assert.IsType(type, exception);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.InRange(bytes, 0, 64 * Mebibyte);
        Assert.InRange(server.Sent, 0, 64 * Mebibyte);
    }

    /// <summary>Without a limit of bytes, time ends them: comments do not feed the budget of the first chunk.</summary>
    [Theory]
    [InlineData("text/event-stream", ": PING\n\n")]
    [InlineData("text/event-stream", "event: ping\nid: 1\n\n")]
    public async Task Stream_OfCommentsWithoutEnd_RunsOutOfTheFirstChunkBudget(string mediaType, string piece)
    {
        using var server = EndlessServer.Chunked("200", mediaType, "", piece);
        using var client = Client(server.Address, options => (options.MaxResponseBytes, options.Timeouts.FirstChunk) = (long.MaxValue, TimeSpan.FromMilliseconds(300)));

        var (exception, bytes) = await FailAsync(() => ReadTextAsync(client));

        Assert.Equal(CCApiTimeoutKind.FirstChunk, Assert.IsType<CCApiTimeoutException>(exception).Kind);
        Assert.InRange(bytes, 0, 64 * Mebibyte);
    }

    [Fact]
    public async Task Stream_OfCommentsWithoutEnd_RunsOutOfTheTotalBudget()
    {
        using var server = Events("", ": PING\n\n");
        using var client = Client(server.Address, options => (options.MaxResponseBytes, options.Timeouts.Total) = (long.MaxValue, TimeSpan.FromMilliseconds(300)));

        var (exception, _) = await FailAsync(() => ReadTextAsync(client));

        Assert.Equal(CCApiTimeoutKind.Total, Assert.IsType<CCApiTimeoutException>(exception).Kind);
    }

    [Fact]
    public async Task Download_WithoutEnd_EndsAtTheLimitAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var server = EndlessServer.Chunked("200", "image/png", "", _characters);
        using var client = Client(server.Address);

        var (exception, bytes) = await FailAsync(() => client.Images.SaveAsync(Image(server.Address), folder.At("a"), new MediaSaveOptions { MaxBytes = Mebibyte }));

        Assert.Equal("The file is larger than MediaSaveOptions.MaxBytes (1048576); nothing was saved.", Assert.IsType<CCApiProtocolException>(exception).Message);
        Assert.Empty(folder.Files);
        Assert.InRange(bytes, 0, 24 * Mebibyte);
    }

    private static EndlessServer Json(string status, string start, string piece) => EndlessServer.Chunked(status, "application/json", start, piece);

    private static EndlessServer Events(string start, string piece) => EndlessServer.Chunked("200", "text/event-stream", start, piece);

    private static async Task Complete(CCApiClient client) => await client.Chat.CompleteAsync("m", "p");

    private static async Task ListModels(CCApiClient client) => await client.Catalog.ListModelsAsync();

    private static async Task Speak(CCApiClient client) => await client.Audio.CreateSpeechAsync("m", "p", "v");
}
