using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChunkShapeTests
{
    private const string Sample =
        """{"id":"c1","object":"chat.completion.chunk","created":17,"model":"m","provider":"P","system_fingerprint":"f","service_tier":"t","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"logprobs":null,"finish_reason":null}],"usage":null}""";

    private const string Padded = """{"id":"c1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":"xyz"}""";

    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("", "")]
    [InlineData(" wörld 🌍", " wörld 🌍")]
    [InlineData("a\\nb\\\"c\\u00e9", "a\nb\"cé")]
    public void Read_OfAnotherText_GivesIt(string json, string expected)
    {
        var shape = Learn(Sample);

        Assert.Equal(expected, shape.Read(Utf8(Sample.Replace("Hi", json))));
    }

    [Fact]
    public void Read_OfHalfACharacter_KeepsIt()
    {
        var shape = Learn(Sample);

        Assert.Equal("\ud83d", shape.Read(Utf8(Sample.Replace("Hi", "\\ud83d"))));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\nb")]
    [InlineData("\\")]
    [InlineData("\\x")]
    [InlineData("\\ud83")]
    [InlineData("a\",\"content\":\"b")]
    [InlineData("a\"},\"finish_reason\":\"stop\",\"x\":{\"y\":\"")]
    public void Read_OfAnythingButOneString_IsNull(string json)
    {
        var shape = Learn(Sample);

        Assert.Null(shape.Read(Utf8(Sample.Replace("Hi", json))));
    }

    [Theory]
    [InlineData("\"id\":\"c1\"", "\"id\":\"c2\"")]
    [InlineData("\"created\":17", "\"created\":18")]
    [InlineData("\"finish_reason\":null", "\"finish_reason\":\"stop\"")]
    [InlineData("\"usage\":null", "\"usage\":{\"total_tokens\":1}")]
    [InlineData("\"usage\":null", "\"error\":{\"message\":\"no\"}")]
    [InlineData("\"usage\":null}", "\"usage\":null} ")]
    public void Read_OfAnotherChunk_IsNull(string from, string to)
    {
        var shape = Learn(Sample);

        Assert.Null(shape.Read(Utf8(Sample.Replace(from, to))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("longer than before")]
    public void Read_OfOtherPadding_GivesTheTextAndTheChunk(string padding)
    {
        var shape = Learn(Padded);
        var data = Utf8(Padded.Replace("xyz", padding).Replace("Hi", "Ho"));

        var text = shape.Read(data);

        Assert.Equal("Ho", text);
        Assert.Equal(Json(Parse(data)), Json(shape.ToChunk(data, text!)));
    }

    [Theory]
    [InlineData("x\"z")]
    [InlineData("x\\\"z")]
    [InlineData("x\",\"obfuscation\":\"z")]
    [InlineData("x\",\"usage\":{\"total_tokens\":1},\"y\":\"z")]
    public void Read_OfMoreThanPadding_IsNull(string padding)
    {
        var shape = Learn(Padded);

        Assert.Null(shape.Read(Utf8(Padded.Replace("xyz", padding))));
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"obfuscation":"a","usage":null}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"obfuscation":"a","obfuscation":"b"}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"obfuscation":12}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"obfuscation":"\u0041"}""")]
    [InlineData("""{"obfuscation":"a","choices":[{"delta":{"content":"Hi"}}]}""")]
    public void Learn_OfPaddingInAnotherPlace_LearnsNothing(string chunk)
    {
        var shape = Learn(chunk);

        Assert.Null(shape.Read(Utf8(chunk)));
    }

    [Fact]
    public void Read_OfLessThanWhatSurroundsTheText_IsNull()
    {
        const string Symmetric = """{"choices":[{"delta":{"content":"}]}"}}]}""";
        var shape = Learn(Symmetric);

        Assert.Null(shape.Read(Utf8(Symmetric.Substring(0, Symmetric.Length - 8))));
        Assert.Null(shape.Read([]));
    }

    [Theory]
    [InlineData(""" "role":"assistant" """, """ "role":"assistant","content":"" """)]
    [InlineData(""" "content":"a","refusal":"b" """, """ "content":"c","refusal":"b" """)]
    [InlineData(""" "content":"a","tool_calls":[{"index":0}] """, """ "content":"c","tool_calls":[{"index":0}] """)]
    [InlineData(""" "content":"a","x":1 """, """ "content":"c","x":1 """)]
    [InlineData(""" "content":"a","reasoning":"b" """, """ "content":"c","reasoning":"b" """)]
    [InlineData(""" "reasoning":"a","reasoning_content":"b" """, """ "reasoning":"c","reasoning_content":"b" """)]
    [InlineData(""" "reasoning":"a","reasoning_details":[] """, """ "reasoning":"c","reasoning_details":[] """)]
    [InlineData(""" "content":[{"type":"text","text":"a"}] """, """ "content":[{"type":"text","text":"c"}] """)]
    [InlineData(""" "content":12 """, """ "content":13 """)]
    [InlineData(""" "content":"b","content":"a" """, """ "content":"c","content":"a" """)]
    [InlineData(""" "content":"a","cont\u0065nt":"a" """, """ "content":"c","cont\u0065nt":"a" """)]
    public void Learn_OfADeltaWithMoreThanOneText_LearnsNothing(string learned, string read)
    {
        const string Frame = """{"choices":[{"delta":{DELTA},"finish_reason":null}]}""";
        var shape = Learn(Frame.Replace("DELTA", learned));

        Assert.Null(shape.Read(Utf8(Frame.Replace("DELTA", read))));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":1,"delta":{"content":"Hi"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"},"message":{"content":"a"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"},"native_finish_reason":"x"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"},"x":1}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}},{"index":1,"delta":{"content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"usage":{"total_tokens":1}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"x":1}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"},"delta":{"content":"Hi"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}],"choices":[{"delta":{"content":"Hi"}}]}""")]
    public void Learn_OfAChunkWithMoreThanAText_LearnsNothing(string chunk)
    {
        var shape = Learn(chunk);

        Assert.Null(shape.Read(Utf8(chunk)));
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":null,"reasoning_content":"Hi"}}]}""", "ReasoningContent")]
    [InlineData("""{"choices":[{"delta":{"reasoning":"Hi"}}]}""", "Reasoning")]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}]}""", "Content")]
    public void Learn_OfAnyText_KnowsItsSlot(string chunk, string slot)
    {
        var shape = Learn(chunk);

        var data = Utf8(chunk.Replace("Hi", "Ho"));
        var text = shape.Read(data);

        Assert.Equal("Ho", text);
        Assert.Equal(slot, shape.Slot.ToString());
        Assert.Equal(Json(Parse(data)), Json(shape.ToChunk(data, text!)));
    }

    [Fact]
    public void ToChunk_IsWhatTheGeneratedReaderReads()
    {
        var shape = Learn(Sample);
        var data = Utf8(Sample.Replace("Hi", "Ho"));

        var text = shape.Read(data);

        Assert.Equal(Json(Parse(data)), Json(shape.ToChunk(data, text!)));
    }

    [Fact]
    public void ToChunk_AfterTheLearnedOneWasChanged_IsAsItCame()
    {
        var learned = Parse(Utf8(Sample))!;
        var shape = new ChunkShape();
        shape.Learn(Utf8(Sample), learned);
        var expected = Json(learned);

        (learned.Id, learned.Choices![0].Delta!.Role, learned.Choices[0].Index) = ("changed", ChatRole.User, 7);

        Assert.Equal(expected, Json(shape.ToChunk(Utf8(Sample), "Hi")));
    }

    [Fact]
    public void Learn_OfChunksThatAlwaysDiffer_GivesUp()
    {
        var shape = new ChunkShape();
        for (var i = 0; i < 9; i++)
        {
            shape.Learn(Utf8(Sample.Replace("c1", $"c{i}")), Parse(Utf8(Sample))!);
        }

        shape.Learn(Utf8(Sample), Parse(Utf8(Sample))!);

        Assert.Null(shape.Read(Utf8(Sample)));
    }

    [Fact]
    public void Learn_OfChunksThatChangeNowAndThen_GoesOn()
    {
        var shape = new ChunkShape();
        for (var i = 0; i < 30; i++)
        {
            var chunk = Utf8(Sample.Replace("c1", $"c{i}"));
            shape.Learn(chunk, Parse(chunk)!);
            Assert.Equal("Hi", shape.Read(chunk));
        }
    }

    [Fact]
    public void Learn_OfAHugeChunk_LearnsNothing()
    {
        var chunk = Utf8(Sample.Replace("c1", new string('c', 5000)));
        var shape = new ChunkShape();

        shape.Learn(chunk, Parse(chunk)!);

        Assert.Null(shape.Read(chunk));
    }

    /// <summary>Whatever is changed in a chunk: either it is parsed as any other, or the response is the same as that of parsing.</summary>
    [Theory]
    [InlineData(Sample)]
    [InlineData(Padded)]
    public void Read_OfRandomChanges_NeverDiffersFromTheGeneratedReader(string sample)
    {
        var random = new Random(17);
        string[] pieces = ["a", "\"", "\\", "\\n", "\\u0041", "\\ud83d", "é", "{", "}", ",", ":", "\n", "\u0001", "\"content\":\"", "null", " ", "1"];
        var hits = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var shape = Learn(sample);
            var data = round % 2 == 0
                ? Utf8(sample.Replace("Hi", string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]))))
                : Utf8(sample.Replace("xyz", pieces[random.Next(pieces.Length)]));
            if (round % 4 >= 2)
            {
                data[random.Next(data.Length)] = (byte)random.Next(256);
            }

            if (shape.Read(data) is { } text)
            {
                hits++;
                Assert.Equal(Json(Parse(data)), Json(shape.ToChunk(data, text)));
            }
        }

        Assert.InRange(hits, 5_000, 19_000);
    }

    private static ChunkShape Learn(string chunk)
    {
        var shape = new ChunkShape();
        shape.Learn(Utf8(chunk), Parse(Utf8(chunk))!);
        return shape;
    }

    private static ChatCompletionChunk? Parse(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return ChatCompletionChunk.ReadFrom(ref reader);
    }

    private static string Json(ChatCompletionChunk? chunk) => JsonSerializer.Serialize(chunk!, CCApiJsonContext.Default.ChatCompletionChunk);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
