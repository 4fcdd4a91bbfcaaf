using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class JsonWriteTests
{
    [Theory]
    [InlineData(0.7, "0.7")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.0, "1")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(100.0, "100")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    public void Double_OfARequest_PrintsTheShortestText(double value, string expected)
    {
        var request = new ChatCompletionRequest { Messages = [], Temperature = value };

        var json = Wire.Write(request);

        Assert.Equal($"{{\"messages\":[],\"temperature\":{expected}}}", json);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(5e-324)]
    [InlineData(double.MaxValue)]
    [InlineData(-123456.789e-12)]
    public void Double_OfAnySize_RoundTrips(double value)
    {
        var request = new ChatCompletionRequest { Messages = [], Temperature = value };

        var read = Wire.Read<ChatCompletionRequest>(Wire.Write(request));

        Assert.Equal(value, read.Temperature);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Double_ThatJsonCannotHold_Throws(double value)
    {
        var request = new ChatCompletionRequest { Messages = [], Temperature = value };

        var write = () => Wire.Write(request);

        Assert.Throws<ArgumentException>(write);
    }

    [Fact]
    public void Numbers_UnderAnotherCulture_WriteAlike()
    {
        var request = new ChatCompletionRequest { Messages = [], Temperature = -0.5, Seed = -7 };
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Cultures.CommaDecimal;
        try
        {
            var json = Wire.Write(request);

            Assert.Equal("""{"messages":[],"temperature":-0.5,"seed":-7}""", json);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Int64_BeyondDoubles_IsExact()
    {
        var request = new ChatCompletionRequest { Messages = [], Seed = 9007199254740993 };

        var json = Wire.Write(request);

        Assert.Equal("""{"messages":[],"seed":9007199254740993}""", json);
    }

    [Fact]
    public void Text_WithTheRelaxedEncoder_IsNotEscaped()
    {
        var message = ChatMessage.User("Zürich 会 <a href='x'>&+");

        var json = Wire.Write(message);

        Assert.Equal("""{"role":"user","content":"Zürich 会 <a href='x'>&+"}""", json);
    }

    [Fact]
    public void Text_WithTheDefaultEncoder_IsEscapedAndReadsAlike()
    {
        var message = ChatMessage.User("Zürich 会 <&+>");

        var json = Wire.WriteEscaped(message);

        Assert.Contains("\\u4F1A", json, StringComparison.Ordinal);
        Assert.Equal("Zürich 会 <&+>", Wire.Read<ChatMessage>(json).Content?.Text);
    }

    [Fact]
    public void Text_WithALoneSurrogate_NeverThrows()
    {
        var message = new ChatMessage { Role = "us\uD83Der", Content = "a\uD83D", Name = "\uDE00b" };

        var json = Wire.Write(message);

        Assert.Equal("a\uFFFD", Wire.Read<ChatMessage>(json).Content?.Text);
        Assert.Equal(Wire.Read<ChatMessage>(json).Content, Wire.Read<ChatMessage>(Wire.WriteEscaped(message)).Content);
    }

    [Fact]
    public void Unknown_WithALoneSurrogate_IsKeptAsItCame()
    {
        const string Json = """{"message":"m","extra":{"text":"\ud83d","a":[1.50,1e400]}}""";

        var written = Wire.Write(Wire.Read<ErrorObject>(Json));

        Assert.Equal(Json, written);
    }

    [Fact]
    public void Unknown_WithALoneSurrogateInItsName_NeverThrows()
    {
        var error = Wire.Read<ErrorObject>("""{"a\ud83d":1}""");

        var json = Wire.Write(error);

        using var document = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [Fact]
    public void Unknown_WithBadUtf8_GivesValidUtf8()
    {
        byte[] json = [.. "{\"extra\":\"a"u8, 0xFF, .. "\",\"details\":[\""u8, 0x80, .. "\"]}"u8];
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        var written = JsonSerializer.SerializeToUtf8Bytes(Wire.Read<ErrorObject>(json), CCApiJsonContext.Default.ErrorObject);

        Assert.Equal("{\"details\":[\"\uFFFD\"],\"extra\":\"a\uFFFD\"}", strict.GetString(written));
    }

    [Fact]
    public void Unknown_OfAValueNeverSet_IsNotWritten()
    {
        var error = new ErrorObject { Message = "m", AdditionalProperties = new Dictionary<string, JsonElement> { ["extra"] = default } };

        var json = Wire.Write(error);

        Assert.Equal("""{"message":"m"}""", json);
    }

    [Fact]
    public void Additional_BesideTheTypedMember_IsWrittenOnceAndTheTypedOneWins()
    {
        var request = new ChatCompletionRequest
        {
            Model = "m",
            Messages = [],
            Temperature = 0.5,
            Stop = "END",
            ReasoningEffort = ReasoningEffort.High,
            AdditionalProperties = Members("""{"temperature":1,"model":"x","messages":[1],"stop":"x","reasoning_effort":"x","top_p":0.1,"extra":2}"""),
        };

        var json = Wire.Write(request);

        Assert.Equal("""{"model":"m","messages":[],"temperature":0.5,"stop":"END","reasoning_effort":"high","top_p":0.1,"extra":2}""", json);
    }

    [Fact]
    public void Additional_BesideATypedMemberThatIsNotSet_IsWritten()
    {
        var request = new ChatCompletionRequest
        {
            Messages = [],
            Stop = default(StopSequences),
            ReasoningEffort = "",
            AdditionalProperties = Members("""{"temperature":null,"stop":7,"reasoning_effort":{"level":2}}"""),
        };

        var json = Wire.Write(request);

        Assert.Equal("""{"messages":[],"temperature":null,"stop":7,"reasoning_effort":{"level":2}}""", json);
    }

    [Fact]
    public void Additional_OfANestedObject_IsWrittenOnce()
    {
        var message = ChatMessage.User("Hi");
        message.AdditionalProperties = Members("""{"content":"x","role":"x","name":"n"}""");

        var json = Wire.Write(message);

        Assert.Equal("""{"role":"user","content":"Hi","name":"n"}""", json);
    }

    [Fact]
    public void Choices_ThatAreEmpty_AreNotWritten()
    {
        var condition = Environment.TickCount == 0;
        var request = new ChatCompletionRequest
        {
            Messages = [],
#nullable disable
            ReasoningEffort = condition ? ReasoningEffort.High : null,
            ToolChoice = condition ? ChatToolChoice.Auto : null,
            Stop = (string)null,
#nullable restore
        };

        var json = Wire.Write(request);

        Assert.Equal("""{"messages":[]}""", json);
    }

    [Fact]
    public void Choices_ThatAreEmptyLists_AreNotWritten()
    {
        var request = new ChatCompletionRequest { Messages = [], Stop = Array.Empty<string>(), ToolChoice = "" };

        var json = Wire.Write(request);

        Assert.Equal("""{"messages":[]}""", json);
    }

    [Theory]
    [InlineData("\"\\ud83d\\ude00\"", "\"\U0001F600\"")]
    [InlineData("""{"\ud83d\uDE00":["a\u00e9\u4f1A"]}""", "{\"\U0001F600\":[\"aé会\"]}")]
    [InlineData("""["\ud83d","\ude00\ud83d","\u2028\u0000\u0022\u0061","\\u00e9","\\\u00e9\n"]""", """["\ud83d","\ude00\ud83d","\u2028\u0000\u0022\u0061","\\u00e9","\\é\n"]""")]
    public void Element_WithEscapes_HasTheCharactersThatNeedNone(string json, string expected)
    {
        var error = new ErrorObject { AdditionalProperties = Members($"{{\"extra\":{json}}}") };

        var written = Wire.Write(error);

        Assert.Equal($"{{\"extra\":{expected}}}", written);
    }

    [Fact]
    public void Element_NeverSet_IsNotWritten()
    {
        var error = new ErrorObject { Message = "m", Details = default(JsonElement) };

        var json = Wire.Write(error);

        Assert.Equal("""{"message":"m"}""", json);
    }

    [Fact]
    public void Members_ThatAreNull_AreNotWritten()
    {
        var response = new ChatCompletionResponse();

        var json = Wire.Write(response);

        Assert.Equal("{}", json);
    }

    [Fact]
    public void Models_WithANullAmongThem_LeavesItOut()
    {
        var response = new ModelListResponse { Data = [new ModelSummary { Id = "a" }, null!] };

        var json = Wire.Write(response);

        Assert.Equal("""{"data":[{"id":"a"}]}""", json);
    }

    [Fact]
    public void Members_OfEveryScalarType_AreWrittenInTheOrderOfTheContract()
    {
        var request = new ChatCompletionRequest
        {
            User = "u",
            Stop = "END",
            Stream = false,
            N = 2,
            TopP = 0.5,
            Models = ["a", "b"],
            Messages = [ChatMessage.User("hi")],
            Model = "m",
        };

        var json = Wire.Write(request);

        Assert.Equal(
            """{"model":"m","models":["a","b"],"messages":[{"role":"user","content":"hi"}],"stream":false,"top_p":0.5,"n":2,"stop":"END","user":"u"}""",
            json);
    }

    private static Dictionary<string, JsonElement> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone());
    }
}
