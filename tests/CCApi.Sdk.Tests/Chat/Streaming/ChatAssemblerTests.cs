using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

[Properties(Replay = "20261103,7")]
public class ChatAssemblerTests
{
    [Theory]
    // Choices.
    [InlineData("""{"choices":[]}""", """{"choices":[]}""", """{"choices":null}""", "{}")]
    [InlineData("""{"choices":[],"usage":{"total_tokens":3}}""", """{"choices":[],"usage":{"total_tokens":3}}""")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"ab"}}]}""", """{"choices":[{"delta":{"content":"a"}}]}""", """{"choices":[{"index":null,"delta":{"content":"b"}}]}""")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"ab"}}]}""", """{"choices":[{"delta":{"content":"a"}}]}""", """{"choices":[{"index":0,"delta":{"content":"b"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","content":"ac"}},{"index":1,"message":{"role":"assistant","content":"bd"}}]}""", """{"choices":[{"index":1,"delta":{"content":"b"}}]}""", """{"choices":[{"index":0,"delta":{"content":"a"}}]}""", """{"choices":[{"index":0,"delta":{"content":"c"}},{"index":1,"delta":{"content":"d"}}]}""")]
    // The first that is not empty.
    [InlineData("""{"id":"c1","model":"m","provider":"p","system_fingerprint":"f","service_tier":"t","object":"chat.completion","created":7}""", """{"id":"","model":null,"created":0,"object":"","system_fingerprint":null}""", """{"id":"c1","model":"m","provider":"p","created":"7","system_fingerprint":"f","service_tier":"t","object":"chat.completion.chunk"}""", """{"id":"c2","model":"n","provider":"q","created":8,"system_fingerprint":"g","service_tier":"u"}""")]
    [InlineData("""{"id":"12","created":1700000000}""", """{"id":12,"created":1700000000.75}""")]
    [InlineData("""{"id":"","created":0}""", """{"id":"","created":0}""", """{"id":null}""")]
    // Usage: the last object, wherever it stands.
    [InlineData("""{"usage":{"total_tokens":5,"cost":0.1}}""", """{"usage":{"total_tokens":1}}""", """{"usage":{"total_tokens":5.0,"cost":0.1}}""", """{"usage":null}""")]
    [InlineData("""{"usage":{"total_tokens":5},"x_groq":{"id":"r","usage":{"total_tokens":5}}}""", """{"x_groq":{"id":"r"}}""", """{"x_groq":{"usage":{"total_tokens":5}}}""")]
    [InlineData("""{"usage":{"total_tokens":6},"x_groq":{"usage":{"total_tokens":5}}}""", """{"x_groq":{"usage":{"total_tokens":5}}}""", """{"usage":{"total_tokens":6}}""")]
    [InlineData("""{"usage":{"total_tokens":5},"choices":[{"index":0,"usage":{"total_tokens":5}}]}""", """{"choices":[{"index":0,"usage":{"total_tokens":4}}]}""", """{"choices":[{"index":0,"usage":{"total_tokens":5}}]}""")]
    [InlineData("""{"usage":{"total_tokens":4},"choices":[{"index":0,"usage":{"total_tokens":4}},{"index":1}]}""", """{"choices":[{"index":0,"usage":{"total_tokens":4}},{"index":1}]}""")]
    [InlineData("""{"usage":{"total_tokens":5},"x_groq":{"usage":{"total_tokens":5}},"choices":[{"index":0,"usage":{"total_tokens":4}}]}""", """{"x_groq":{"usage":{"total_tokens":5}},"choices":[{"index":0,"usage":{"total_tokens":4}}]}""")]
    // Unknown members: whole ones count last.
    [InlineData("""{"citations":["a","b"],"search_results":[{"u":1}],"prompt_filter_results":[1]}""", """{"prompt_filter_results":[1],"citations":["a"],"search_results":[{"u":1}]}""", """{"citations":["a","b"],"search_results":[{"u":1}]}""")]
    public void ToResponse_OfChunks_IsTheResponse(string expected, params string[] chunks)
    {
        var response = Assemble(chunks);

        Assert.Empty(JsonTree.Differences(expected, Wire.Write(response)));
    }

    [Fact]
    public void Add_OfSeveralPartsOfOneChoice_ReportsThemAll()
    {
        var assembler = new ChatAssembler();

        var text = assembler.Add(Wire.Read<ChatCompletionChunk>(
            """{"choices":[{"delta":{"content":"a","reasoning":"r","tool_calls":[{"index":0,"id":"c1"}]}},{"delta":{"content":"b","reasoning":"s"}},{"delta":{"tool_calls":[{"index":1,"id":"c2"},{"index":2,"id":"c3"}]}},{"delta":{"tool_calls":[{"index":1}]}}]}"""));

        Assert.Equal(("ab", "rs"), (text, assembler.AddedReasoning));
        Assert.Equal([(0, "c1"), (1, "c2"), (2, "c3"), (1, "c2")], Enumerable.Range(0, assembler.AddedToolCalls!.Count).Select(i => (assembler.ToolCallOf(i)!.Value.Index, assembler.ToolCallOf(i)!.Value.Id)));
    }

    [Fact]
    public void Add_OfAnotherChunk_ReportsOnlyItsToolCalls()
    {
        var assembler = new ChatAssembler();
        assembler.Add(Wire.Read<ChatCompletionChunk>("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1"},{"index":1,"id":"c2"}]}}]}"""));

        assembler.Add(Wire.Read<ChatCompletionChunk>("""{"choices":[{"delta":{"tool_calls":[{"index":1}]}}]}"""));

        Assert.Equal((1, 1), (Assert.Single(assembler.AddedToolCalls!).Index, assembler.ToolCallOf(0)!.Value.Index));
    }

    [Fact]
    public void Add_OfATextAfterToolCalls_ReportsNone()
    {
        var assembler = new ChatAssembler();
        assembler.Add(Wire.Read<ChatCompletionChunk>("""{"choices":[{"delta":{"reasoning":"r","tool_calls":[{"index":0,"id":"c1"}]}}]}"""));

        var text = assembler.Add(new StreamPiece(Chunk: null, "a", TextSlot.Content));

        Assert.Equal(("a", null), (text, assembler.AddedReasoning));
        Assert.Null(assembler.AddedToolCalls);
    }

    [Fact]
    public void Add_OfMoreChoicesThanTheLimit_NamesIt()
    {
        var assembler = new ChatAssembler();
        for (var i = 0; i < CCApiDefaults.MaxStreamChoices; i++)
        {
            assembler.Add(new ChatCompletionChunk { Choices = [new ChatCompletionChunkChoice { Index = i }] });
        }

        var add = () => assembler.Add(new ChatCompletionChunk { Choices = [new ChatCompletionChunkChoice { Index = -1 }] });

        var exception = Assert.Throws<CCApiStreamException>(() => { add(); });
        Assert.Equal("The stream has more than 1024 choices (CCApiDefaults.MaxStreamChoices). Send a request with a smaller N.", exception.Message);
        Assert.Equal(CCApiDefaults.MaxStreamChoices, assembler.ToResponse(isTruncated: true).Choices!.Count);
    }

    [Theory]
    [InlineData("ChatCompletionChunk.text.sse", "One, two, three.", "stop", 17)]
    [InlineData("ChatCompletionChunk.reasoning.sse", "Nine.", "stop", 32)]
    [InlineData("ChatCompletionChunk.tool_call.sse", null, "tool_calls", 82)]
    public void ToResponse_OfAnExample_IsTheResponse(string file, string? text, string finishReason, int tokens)
    {
        var response = Assemble([.. Example.Load(file).Documents.Select(document => document.Json)]);

        Assert.Equal((text, finishReason, tokens), (response.Text, response.FinishReason?.Value, response.Usage?.TotalTokens));
    }

    [Fact]
    public void ToResponse_OfTheToolCallExample_IsThePlainExample()
    {
        var plain = Example.Load("ChatCompletionResponse.tool_call.json").Documents[0].Json;

        var response = Assemble([.. Example.Load("ChatCompletionChunk.tool_call.sse").Documents.Select(document => document.Json)]);

        Assert.Equal(["$.choices[0].message.tool_calls[0].index: not expected, was 0"], JsonTree.Differences(plain, Wire.Write(response)));
    }

    [Theory]
    [InlineData("ChatCompletionResponse.full.json")]
    [InlineData("ChatCompletionResponse.parts.json")]
    [InlineData("ChatCompletionResponse.reasoning.json")]
    [InlineData("ChatCompletionResponse.text.json")]
    [InlineData("ChatCompletionResponse.tool_call.json")]
    public async Task ToResponse_OfAPlainExampleOnAStream_IsTheExample(string file)
    {
        var plain = Example.Load(file).Documents[0].Json;

        var response = await ChatScript.RespondAsync(plain, "application/json");

        Assert.Empty(JsonTree.Differences(plain, Wire.Write(response)));
    }

    [Theory]
    [InlineData("ChatCompletionResponse.parts.json")]
    [InlineData("ChatCompletionResponse.reasoning.json")]
    [InlineData("ChatCompletionResponse.text.json")]
    [InlineData("ChatCompletionResponse.tool_call.json")]
    public void ToResponse_OfAPlainExampleAsDeltas_IsTheExample(string file)
    {
        var plain = Example.Load(file).Documents[0].Json;
        var chunk = plain.Replace("\"message\":", "\"delta\":").Replace("\"chat.completion\"", "\"chat.completion.chunk\"");

        var response = Assemble(chunk);

        Assert.Empty(JsonTree.Differences(plain, Wire.Write(response)));
    }

    [Fact]
    public void ToResponse_BeforeAnyChunk_IsEmpty()
    {
        var response = new ChatAssembler().ToResponse(isTruncated: true);

        Assert.Equal(("""{"choices":[]}""", true), (Wire.Write(response), response.IsTruncated));
    }

    [Fact]
    public void ToResponse_InBetween_DoesNotChangeLater()
    {
        var assembler = new ChatAssembler();
        assembler.Add(Wire.Read<ChatCompletionChunk>("""{"choices":[{"index":0,"delta":{"content":"a","tool_calls":[{"index":0,"function":{"arguments":"x"}}]}}]}"""));
        var before = assembler.ToResponse(isTruncated: true);
        var json = Wire.Write(before);

        assembler.Add(Wire.Read<ChatCompletionChunk>("""{"choices":[{"index":0,"delta":{"content":"b","tool_calls":[{"index":0,"function":{"arguments":"y"}}]}}]}"""));

        Assert.Equal(json, Wire.Write(before));
    }

    [Theory]
    [InlineData(false, """{"choices":[]}""")]
    [InlineData(false, """{"choices":[{"index":0,"delta":{}}]}""")]
    [InlineData(true, """{"choices":[{"index":0,"finish_reason":"stop"}]}""")]
    [InlineData(false, """{"choices":[{"index":0,"finish_reason":"stop"},{"index":1}]}""")]
    [InlineData(true, """{"choices":[{"index":0,"finish_reason":"stop"},{"index":1}]}""", """{"choices":[{"index":1,"finish_reason":"length"}]}""")]
    public void IsFinished_OfChunks_IsWhetherEveryChoiceSaidWhy(bool expected, params string[] chunks)
    {
        var assembler = new ChatAssembler();
        foreach (var chunk in chunks)
        {
            assembler.Add(Wire.Read<ChatCompletionChunk>(chunk));
        }

        Assert.Equal(expected, assembler.IsFinished);
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}]}""", "a")]
    [InlineData("""{"choices":[{"index":1,"delta":{"content":"b"}}]}""", null)]
    [InlineData("""{"choices":[{"delta":{"content":"a"}},{"index":0,"delta":{"content":"b"}},{"delta":{}}]}""", "ab")]
    [InlineData("""{"choices":[]}""", null)]
    public void Add_OfAChunk_ReturnsTheTextOfChoice0(string chunk, string? expected)
    {
        var text = new ChatAssembler().Add(Wire.Read<ChatCompletionChunk>(chunk));

        Assert.Equal(expected, text);
    }

    /// <summary>A plain response, split into chunks as gateways do, is assembled unchanged.</summary>
    [Property(MaxTest = 300, EndSize = 1_000_000)]
    public async Task GetResponseAsync_ResponseSplitAnywhere_IsTheResponse(int seed)
    {
        var random = new Random(seed);
        var plan = new ResponsePlan(random);

        var response = await ChatScript.AssembleAsync([.. plan.Chunks(random)]);

        // A content that is missing in the plain response may be null in a piece, and is then null.
        var differences = JsonTree.Differences(plan.Plain(), Wire.Write(response)).Where(difference => !difference.EndsWith(".message.content: not expected, was null", StringComparison.Ordinal));
        Assert.Equal(("", false), (string.Join("; ", differences), response.IsTruncated));
    }

    private static ChatCompletionResponse Assemble(params string[] chunks)
    {
        var assembler = new ChatAssembler();
        foreach (var chunk in chunks)
        {
            assembler.Add(Wire.Read<ChatCompletionChunk>(chunk));
        }

        return assembler.ToResponse(isTruncated: false);
    }

    /// <summary>A random response, which can be written as a whole and in pieces.</summary>
    private sealed class ResponsePlan
    {
        private const string Usage = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7,\"cost\":0.5}";

        private readonly ChoicePlan[] _choices;
        private readonly bool _hasUsage;
        private readonly bool _hasIndex;

        public ResponsePlan(Random random)
        {
            _hasIndex = random.Next(4) > 0;
            _choices = [.. Enumerable.Range(0, _hasIndex ? random.Next(1, 4) : 1).Select(_ => new ChoicePlan(random))];
            _hasUsage = random.Next(3) > 0;
        }

        public string Plain()
        {
            var choices = _choices.Select((choice, index) => $"{{{Index(index)}{choice.Plain()}}}");
            return $"{{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":17,\"model\":\"m\",\"choices\":[{string.Join(",", choices)}]{(_hasUsage ? $",{Usage}" : "")}}}";
        }

        public IEnumerable<string> Chunks(Random random)
        {
            var usageInEach = random.Next(3) == 0;
            var queues = _choices.Select((choice, index) => new Queue<string>(choice.Pieces(random).Select(piece => $"{{{Index(index)}{piece}}}"))).ToArray();
            while (queues.Any(queue => queue.Count > 0))
            {
                var ready = queues.Where(queue => queue.Count > 0 && random.Next(2) == 0).Select(queue => queue.Dequeue());
                yield return Chunk(string.Join(",", ready), usageInEach && _hasUsage);
            }

            if (_hasUsage)
            {
                yield return Chunk("", hasUsage: true);
            }
        }

        private static string Chunk(string choices, bool hasUsage) =>
            $"{{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":17,\"model\":\"m\",\"choices\":[{choices}]{(hasUsage ? $",{Usage}" : ",\"usage\":null")}}}";

        private string Index(int index) => _hasIndex ? $"\"index\":{index}," : "";
    }

    private sealed class ChoicePlan
    {
        private static readonly string[] _texts = ["a", "ß", "\u2028", "\U0001F600", "\"", "\\", "\n", "中", "{", "data: ", "\uFEFF"];

        private readonly (string Name, string Text)[] _members;
        private readonly string[] _arguments;
        private readonly bool _callsHaveIndex;
        private readonly string _finishReason;

        public ChoicePlan(Random random)
        {
            string[] names = ["content", "reasoning_content", "reasoning", "refusal"];
            _members = [.. names.Where(_ => random.Next(2) == 0).Select(name => (name, RandomText(random)))];
            _arguments = [.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomText(random))];
            _callsHaveIndex = random.Next(2) == 0;
            _finishReason = _arguments.Length > 0 ? "tool_calls" : "eos";
        }

        public string Plain()
        {
            var members = _members.Select(member => $"{Quote(member.Name)}:{Quote(member.Text)}").ToList();
            if (_arguments.Length > 0)
            {
                if (!_members.Any(member => member.Name == "content"))
                {
                    members.Add("\"content\":null");
                }

                members.Add($"\"tool_calls\":[{string.Join(",", _arguments.Select((text, i) => Call(i, Quote(text), isFirst: true)))}]");
            }

            return $"\"message\":{{{string.Join(",", members.Prepend("\"role\":\"assistant\""))}}},\"finish_reason\":{Quote(_finishReason)}";
        }

        public IEnumerable<string> Pieces(Random random)
        {
            yield return Delta("\"role\":\"assistant\",\"content\":null");
            foreach (var member in _members)
            {
                foreach (var piece in Split(member.Text, random))
                {
                    yield return Delta($"{Quote(member.Name)}:{Quote(piece)}");
                }
            }

            for (var i = 0; i < _arguments.Length; i++)
            {
                var isFirst = true;
                foreach (var piece in Split(_arguments[i], random))
                {
                    yield return Delta($"\"tool_calls\":[{Call(i, Quote(piece), isFirst)}]");
                    isFirst = false;
                }
            }

            yield return $"\"delta\":{{}},\"finish_reason\":{Quote(_finishReason)}";
        }

        private string Call(int index, string arguments, bool isFirst) =>
            $"{{{(_callsHaveIndex ? $"\"index\":{index}," : "")}{(isFirst ? $"\"id\":\"call{index}\",\"type\":\"function\"," : "")}\"function\":{{{(isFirst ? $"\"name\":\"f{index}\"," : "")}\"arguments\":{arguments}}}}}";

        private static string Delta(string members) => $"\"delta\":{{{members}}},\"finish_reason\":null";

        private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => _texts[random.Next(_texts.Length)]));

        /// <summary>At any character, also in the middle of a pair.</summary>
        private static IEnumerable<string> Split(string text, Random random)
        {
            var largest = random.Next(1, 5);
            for (var start = 0; start < text.Length;)
            {
                var count = Math.Min(random.Next(1, largest + 1), text.Length - start);
                yield return text.Substring(start, count);
                start += count;
            }
        }

        private static string Quote(string text)
        {
            var json = new StringBuilder("\"");
            foreach (var character in text)
            {
                json.Append(character is > ' ' and < '\x7f' and not '"' and not '\\' ? character.ToString() : $"\\u{((int)character).ToString("x4", CultureInfo.InvariantCulture)}");
            }

            return json.Append('"').ToString();
        }
    }
}
