using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

/// <summary>Whole streams as networks and gateways spell them: in any pieces, with any line ends, with anything in between that means nothing, or truncated.</summary>
public class DisturbedStreamTests
{
    private const string Done = "[DONE]";

    private static readonly Dictionary<string, string[]> _streams = new(StringComparer.Ordinal)
    {
        ["content"] =
        [
            """{"id":"c1","created":7,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""",
            """{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"One, "},"finish_reason":null}]}""",
            """{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"two."},"finish_reason":"stop"}]}""",
            """{"id":"c1","choices":[],"usage":{"prompt_tokens":3,"total_tokens":9}}""",
            Done,
        ],
        ["tool calls"] =
        [
            """{"choices":[{"index":0,"delta":{"content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"ü\"}"}},{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            Done,
        ],
        ["reasoning"] =
        [
            """{"choices":[{"index":0,"delta":{"reasoning_content":"Three ","reasoning_details":[{"type":"t","text":"a"}]}}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning_content":"rows.","reasoning_details":[{"type":"t","text":"b"}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"9"},"finish_reason":"stop"}],"usage":{"total_tokens":2}}""",
        ],
        ["unicode"] =
        [
            """{"choices":[{"index":0,"delta":{"content":"Zürich \ud83d"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"\ude00 \u2028"}}]}""",
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\U0001F600\u2029\u0085\u65e5\"},\"finish_reason\":\"length\"}]}",
            Done,
        ],
        ["parts"] =
        [
            """{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":"Hm"},{"type":"text","text":"a"}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"b"},{"type":"image_url","image_url":{"url":"u"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"c"},"finish_reason":"stop"}]}""",
            Done,
        ],
        ["error"] =
        [
            """{"choices":[{"index":0,"delta":{"content":"One, "}}]}""",
            """{"error":{"message":"Slow down.","type":"t","code":429}}""",
            Done,
        ],
    };

    /// <summary>Ways to spell the same events, given their data.</summary>
    private static readonly Dictionary<string, Func<string[], string>> _spellings = new(StringComparer.Ordinal)
    {
        ["as documented"] = Documented,
        ["CRLF"] = data => Documented(data).Replace("\n", "\r\n"),
        ["CR"] = data => Documented(data).Replace("\n", "\r"),
        ["every line end in turn"] = MixedLineEnds,
        ["BOM"] = data => "\uFEFF" + Documented(data),
        ["no space"] = data => Join(data, text => $"data:{text}\n\n"),
        ["no end"] = data => Documented(data).TrimEnd('\n'),
        ["comments"] = data => ": PING\n\n:\n" + Join(data, text => $": a\ndata: {text}\n:data: {{}}\n\n:\n\n: b\n"),
        ["other fields"] = data => Join(data, text => $"event: message\nid: 7\nretry: 9\nx\ndata: {text}\nid\n\nevent: ping\n\n"),
        ["several lines"] = SeveralLines,
        ["several lines, CRLF"] = data => SeveralLines(data).Replace("\n", "\r\n"),
        ["several lines, CR"] = data => SeveralLines(data).Replace("\n", "\r"),
        ["everything"] = data => "\uFEFF: a\r\n\r\n" + MixedLineEnds(data).Replace("data: ", ": b\ndata:") + "\r:",
    };

    public static TheoryData<string> Streams() => [.. _streams.Keys];

    public static TheoryData<string, string> SpelledStreams()
    {
        var rows = new TheoryData<string, string>();
        foreach (var stream in _streams.Keys)
        {
            foreach (var spelling in _spellings.Keys)
            {
                rows.Add(stream, spelling);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(SpelledStreams))]
    public async Task Read_OfAStreamInTwoReads_GivesTheSame(string stream, string spelling)
    {
        var expected = await StreamOutcome.OfChunksAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(Documented(_streams[stream]))));
        var bytes = Encoding.UTF8.GetBytes(_spellings[spelling](_streams[stream]));

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var actual = await StreamOutcome.OfChunksAsync(new PiecewiseStream().Send(bytes, 0, cut).Send(bytes, cut, bytes.Length - cut));

            AssertSame(expected, actual, $"cut at byte {cut}");
        }
    }

    [Theory]
    [MemberData(nameof(SpelledStreams))]
    public async Task Read_OfAStreamInSmallReads_GivesTheSameBothWays(string stream, string spelling)
    {
        var expected = await StreamOutcome.OfChunksAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(Documented(_streams[stream]))));
        var bytes = Encoding.UTF8.GetBytes(_spellings[spelling](_streams[stream]));

        foreach (var size in new[] { 1, 2, 3, 5, int.MaxValue })
        {
            AssertSame(expected, await StreamOutcome.OfChunksAsync(PiecewiseStream.Of(bytes, size)), $"chunks, {size} bytes a read");
            AssertSame(expected with { Chunks = null }, await StreamOutcome.OfTextAsync(PiecewiseStream.Of(bytes, size)), $"text, {size} bytes a read");
        }
    }

    /// <summary>What these tests rest on: the streams are not empty, and the undisturbed one is read right.</summary>
    [Theory]
    [InlineData("content", 4, "One, two.", null)]
    [InlineData("tool calls", 4, null, null)]
    [InlineData("reasoning", 3, "9", null)]
    [InlineData("unicode", 3, "Zürich \U0001F600 \u2028\U0001F600\u2029\u0085\u65e5", null)]
    [InlineData("parts", 3, "abc", null)]
    [InlineData("error", 1, "One, ", "CCApiRateLimitException: Slow down. (429), with what was received")]
    public async Task Read_OfAnUndisturbedStream_GivesItAll(string stream, int chunks, string? text, string? error)
    {
        var outcome = await StreamOutcome.OfChunksAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(Documented(_streams[stream]))));

        Assert.Equal((chunks, text, error is not null, error), (outcome.Chunks!.Count, outcome.Text, outcome.IsTruncated, outcome.Error));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Read_OfAStreamThatEndsAtAnyByte_GivesWhatIsWhole(string stream)
    {
        var data = _streams[stream];
        var whole = await StreamOutcome.OfChunksAsync(PiecewiseStream.Of(Encoding.UTF8.GetBytes(Documented(data))));
        foreach (var lineEnd in new[] { "\n", "\r\n", "\r" })
        {
            var bytes = Encoding.UTF8.GetBytes(Documented(data).Replace("\n", lineEnd));
            for (var length = 0; length <= bytes.Length; length++)
            {
                var arrived = Arrived(data, lineEnd, length);
                var hasError = arrived.Any(IsError);
                var isFinished = arrived.Contains(Done) || arrived.Any(text => text.Contains("\"finish_reason\":\""));

                var chunks = await StreamOutcome.OfChunksAsync(PiecewiseStream.Of(Slice(bytes, length)));
                var texts = await StreamOutcome.OfTextAsync(PiecewiseStream.Of(Slice(bytes, length)));

                Assert.Equal(arrived.Count(text => text != Done && !IsError(text)), chunks.Chunks!.Count);
                Assert.Equal(whole.Chunks!.Take(chunks.Chunks.Count), chunks.Chunks);
                Assert.StartsWith(chunks.Text ?? string.Empty, whole.Text ?? string.Empty, StringComparison.Ordinal);
                Assert.Equal((hasError ? whole.Error : null, hasError || !isFinished), (chunks.Error, chunks.IsTruncated));
                AssertSame(chunks with { Chunks = null }, texts, $"{length} bytes");
            }
        }
    }

    /// <summary>The data that is complete within so many bytes; an error ends the stream.</summary>
    private static List<string> Arrived(string[] data, string lineEnd, int length)
    {
        var arrived = new List<string>();
        foreach (var text in data)
        {
            var size = "data: ".Length + Encoding.UTF8.GetByteCount(text);
            if (length < size)
            {
                return arrived;
            }

            arrived.Add(text);
            length -= size + (2 * lineEnd.Length);
        }

        return arrived;
    }

    private static bool IsError(string text) => text.StartsWith("{\"error\"", StringComparison.Ordinal);

    private static string Documented(string[] data) => Join(data, text => $"data: {text}\n\n");

    /// <summary>White space may stand after the first brace and before the last, and so may a line end.</summary>
    private static string SeveralLines(string[] data) =>
        Join(data, text => text == Done ? $"data: {Done}\n\n" : $"data: {{\ndata:{text.Substring(1, text.Length - 2)}\n: a\ndata:\ndata: }}\n\n");

    /// <summary>CR and LF in a row would be one line end.</summary>
    private static string MixedLineEnds(string[] data)
    {
        string[] ends = ["\r\n\n", "\r\r\n", "\n\r", "\r\r", "\n\r\n"];
        return string.Concat(data.Select((text, index) => $"data: {text}{ends[index % ends.Length]}"));
    }

    private static string Join(string[] data, Func<string, string> spell) => string.Concat(data.Select(spell));

    private static byte[] Slice(byte[] bytes, int length)
    {
        var slice = new byte[length];
        Array.Copy(bytes, slice, length);
        return slice;
    }

    private static void AssertSame(StreamOutcome expected, StreamOutcome actual, string place)
    {
        Assert.True(expected.Chunks is null == actual.Chunks is null && (expected.Chunks ?? []).SequenceEqual(actual.Chunks ?? []), $"Other chunks, {place}: {string.Join("\n", actual.Chunks ?? [])}");
        Assert.True(expected with { Chunks = null } == actual with { Chunks = null }, $"{place}:\n{actual}\ninstead of\n{expected}");
    }
}
