using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

/// <summary>What every open vocabulary of the contract promises.</summary>
public class VocabularyTests
{
    private const string Unknown = "Not-A_known word 会";

    public static TheoryData<string> Names => Vocabulary.Names();

    public static TheoryData<string, string, string> OtherTypes
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var type in Vocabulary.AllTypes)
            {
                rows.Add(type.Name, "7", "7");
                rows.Add(type.Name, "-1.50e3", "-1.50e3");
                rows.Add(type.Name, "true", "true");
                rows.Add(type.Name, "false", "false");
                rows.Add(type.Name, "null", "");
                rows.Add(type.Name, "{\"a\":[1]}", "");
                rows.Add(type.Name, "[\"stop\"]", "");
            }

            return rows;
        }
    }

    [Fact]
    public void AllTypes_OfTheContract_AreFound()
    {
        var names = Vocabulary.AllTypes.Select(t => t.Name).ToArray();

        Assert.True(names.Length >= 19, $"Only {names.Length} vocabularies.");
        Assert.Contains(nameof(FinishReason), names);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Default_OfTheStruct_IsTheEmptyString(string name)
    {
        var vocabulary = new Vocabulary(name);

        var value = vocabulary.Default;

        Assert.Equal("", Vocabulary.ValueOf(value));
        Assert.Equal("", value.ToString());
        Assert.Equal(vocabulary.Create(""), value);
        Assert.Equal(vocabulary.Create(null), value);
        Assert.Equal(vocabulary.Create("").GetHashCode(), value.GetHashCode());
        Assert.Equal("\"\"", Wire.Write(value));
        Assert.False(Vocabulary.IsKnown(value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_OfOtherCase_IsTrue(string name)
    {
        var vocabulary = new Vocabulary(name);

        foreach (var known in vocabulary.Known.Append(vocabulary.Create(Unknown)))
        {
            var shouted = vocabulary.Create(Vocabulary.ValueOf(known).ToUpperInvariant());

            Assert.Equal(known, shouted);
            Assert.Equal(known.GetHashCode(), shouted.GetHashCode());
            Assert.True(vocabulary.AreEqual(known, shouted));
            Assert.False(vocabulary.AreDifferent(known, shouted));
            Assert.Equal(Vocabulary.IsKnown(known), Vocabulary.IsKnown(shouted));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_OfOtherValue_IsFalse(string name)
    {
        var vocabulary = new Vocabulary(name);
        var unknown = vocabulary.Create(Unknown);

        foreach (var known in vocabulary.Known)
        {
            Assert.NotEqual(known, unknown);
            Assert.False(known.Equals(Vocabulary.ValueOf(known)));
            Assert.False(known.Equals(null));
            Assert.False(vocabulary.AreEqual(known, unknown));
            Assert.True(vocabulary.AreDifferent(known, unknown));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Known_OfEveryVocabulary_IsFilledAndDistinct(string name)
    {
        var vocabulary = new Vocabulary(name);

        var known = vocabulary.Known;

        Assert.NotEmpty(known);
        Assert.All(known, value => Assert.True(Vocabulary.IsKnown(value)));
        Assert.Equal(known.Count, known.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfAKnownValue_GivesTheStaticInstance(string name)
    {
        var vocabulary = new Vocabulary(name);

        foreach (var known in vocabulary.Known)
        {
            var read = vocabulary.Read(JsonSerializer.Serialize(Vocabulary.ValueOf(known)));

            Assert.Same(Vocabulary.ValueOf(known), Vocabulary.ValueOf(read));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfAnUnknownValue_KeepsItAsItCame(string name)
    {
        var vocabulary = new Vocabulary(name);

        var read = vocabulary.Read($"\"{Unknown}\"");

        Assert.Equal(Unknown, Vocabulary.ValueOf(read));
        Assert.False(Vocabulary.IsKnown(read));
        Assert.Equal($"\"{Unknown}\"", Wire.Write(read));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfAKnownValueInOtherCase_KeepsItAsItCame(string name)
    {
        var vocabulary = new Vocabulary(name);

        foreach (var known in vocabulary.Known)
        {
            var shouted = JsonSerializer.Serialize(Vocabulary.ValueOf(known).ToUpperInvariant());

            var read = vocabulary.Read(shouted);

            Assert.Equal(known, read);
            Assert.Equal(shouted, Wire.Write(read));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfAnEscapedKnownValue_IsEqualToIt(string name)
    {
        var vocabulary = new Vocabulary(name);

        foreach (var known in vocabulary.Known)
        {
            var escaped = string.Concat(Vocabulary.ValueOf(known).Select(c => $"\\u{(int)c:x4}"));

            var read = vocabulary.Read($"\"{escaped}\"");

            Assert.Equal(Vocabulary.ValueOf(known), Vocabulary.ValueOf(read));
        }
    }

    [Theory]
    [MemberData(nameof(OtherTypes))]
    public void Read_OfAnotherJsonType_NeverThrows(string name, string json, string expected)
    {
        var vocabulary = new Vocabulary(name);

        var read = vocabulary.Read(json);

        Assert.Equal(expected, Vocabulary.ValueOf(read));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Convert_FromAString_Wraps(string name)
    {
        var vocabulary = new Vocabulary(name);

        var plain = vocabulary.Convert("Xyz", nullable: false);
        var nullable = vocabulary.Convert("Xyz", nullable: true);

        Assert.Equal(vocabulary.Create("xyz"), plain);
        Assert.Equal(vocabulary.Create("xyz"), nullable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Convert_FromNull_GivesNullOrEmpty(string name)
    {
        var vocabulary = new Vocabulary(name);

        var plain = vocabulary.Convert(null, nullable: false);
        var nullable = vocabulary.Convert(null, nullable: true);

        Assert.Equal(vocabulary.Default, plain);
        Assert.Null(nullable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void IsEmpty_OfWhatACallerLeftEmpty_IsTrue(string name)
    {
        var vocabulary = new Vocabulary(name);

        Assert.True(((IJsonValue)vocabulary.Default).IsEmpty);
        Assert.True(((IJsonValue)vocabulary.Create(null)).IsEmpty);
        Assert.True(((IJsonValue)vocabulary.Create("")).IsEmpty);
        Assert.False(((IJsonValue)vocabulary.Create("x")).IsEmpty);
        Assert.All(vocabulary.Known, known => Assert.False(((IJsonValue)known).IsEmpty));
    }

    [Fact]
    public void NullableEquality_WithALiteral_ComparesTheValue()
    {
        FinishReason? reason = "STOP";
        var none = new ChatCompletionChoice().FinishReason;

        Assert.True(reason == "stop");
        Assert.True(reason != "length");
        Assert.True(reason == FinishReason.Stop);
        Assert.False(none == "stop");
        Assert.True(none != "stop");
        Assert.True(none == null);
    }

    [Fact]
    public void NullableAssignment_FromANullableString_KeepsNull()
    {
        string? missing = null;

        var message = new ChatMessage { Role = missing };

        Assert.Null(message.Role);
    }

    [Theory]
    [InlineData(true, """{"messages":[],"reasoning_effort":"high"}""")]
    [InlineData(false, """{"messages":[]}""")]
    public void Assignment_OfAConditionalWithNull_SendsNothingForNull(bool isSet, string expected)
    {
        // Compiles without a cast and without a warning, which is half of the test.
        var request = new ChatCompletionRequest { Messages = [], ReasoningEffort = isSet ? ReasoningEffort.High : null };

        Assert.Equal(expected, Wire.Write(request));
    }

    [Fact]
    public void DictionaryKey_InOtherCase_IsFound()
    {
        var counts = new Dictionary<FinishReason, int> { [FinishReason.ToolCalls] = 3 };

        var found = counts.TryGetValue("Tool_Calls", out var count);

        Assert.True(found);
        Assert.Equal(3, count);
    }

    [Fact]
    public void DictionaryKey_InJson_RoundTrips()
    {
        const string Json = """{"stop":1,"Vendor_Word":2}""";
        var converter = new FinishReason.JsonConverter();
        var options = new JsonSerializerOptions();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(Json));
        var names = new List<FinishReason>();

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(converter.ReadAsPropertyName(ref reader, typeof(FinishReason), options));
            }
        }

        Assert.Equal([FinishReason.Stop, "vendor_word"], names);
        Assert.Equal("Vendor_Word", names[1].Value);
    }

    [Fact]
    public void MissingMember_OfAResponse_IsNull()
    {
        var choice = Wire.Read<ChatCompletionChoice>("""{"index":0}""");

        Assert.Null(choice.FinishReason);
        Assert.Equal("""{"index":0}""", Wire.Write(choice));
    }

    [Fact]
    public void EmptyMember_OfAResponse_StaysEmpty()
    {
        var choice = Wire.Read<ChatCompletionChoice>("""{"finish_reason":""}""");

        Assert.Equal("", choice.FinishReason?.Value);
        Assert.Equal("""{"finish_reason":""}""", Wire.Write(choice));
    }
}
