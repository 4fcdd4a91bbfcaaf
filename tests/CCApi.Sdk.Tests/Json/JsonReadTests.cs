using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class JsonReadTests
{
    [Theory]
    [InlineData("""{"cost":{"total":0.1,"parts":[1]},"prompt_tokens":1}""", """{"prompt_tokens":1,"cost":{"total":0.1,"parts":[1]}}""")]
    [InlineData("""{"cost":"free","prompt_tokens":true}""", """{"cost":"free","prompt_tokens":true}""")]
    [InlineData("""{"cost":[1],"cost":2}""", """{"cost":2}""")]
    [InlineData("""{"cost":2,"cost":[1]}""", """{"cost":[1]}""")]
    [InlineData("""{"cost":null}""", "{}")]
    [InlineData("""{"prompt_tokens_details":7,"completion_tokens_details":["a"]}""", """{"prompt_tokens_details":7,"completion_tokens_details":["a"]}""")]
    public void KnownMember_OfAnUnreadableType_IsWrittenBack(string json, string expected)
    {
        var written = Wire.Write(Wire.Read<Usage>(json));

        Assert.Equal(expected, written);
    }

    [Theory]
    [InlineData("""{"id":["a"],"choices":"none"}""")]
    [InlineData("""{"id":"a","choices":[{"index":[0],"message":"text"}]}""")]
    [InlineData("""{"choices":[{"message":{"role":{"a":1},"content":"Hi"}}]}""")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","tool_calls":{"a":1}}}]}""")]
    public void KnownMember_OfAnUnreadableTypeAnywhere_IsWrittenBack(string json)
    {
        var response = Wire.Read<ChatCompletionResponse>(json);

        var written = Wire.Write(response);

        var lost = JsonTree.Differences(json, written).Where(difference => !difference.Contains("not expected") && !difference.Contains(".role:"));
        Assert.Empty(lost);
    }

    [Fact]
    public void KnownMember_ThatWasUnreadableAndIsSet_IsTheNewValue()
    {
        var usage = Wire.Read<Usage>("""{"cost":{"total":0.1}}""");

        usage.Cost = 0.2m;

        Assert.Equal("""{"cost":0.2}""", Wire.Write(usage));
    }

    [Fact]
    public void Unknown_NestedDeeperThanThePlatformReads_IsKept()
    {
        var deep = new string('[', 500) + new string(']', 500);
        var json = Encoding.UTF8.GetBytes($"{{\"extra\":{deep},\"id\":\"a\"}}");
        var reader = JsonRead.Of(json);
        reader.Read();

        var response = ChatCompletionResponse.ReadFrom(ref reader)!;

        Assert.Equal("a", response.Id);
        Assert.Equal($"{{\"id\":\"a\",\"extra\":{deep}}}", Wire.Write(response));
    }

    [Theory]
    [InlineData("\"a\\nb\"", "a\nb")]
    [InlineData("\"\"", "")]
    [InlineData("7", "7")]
    [InlineData("-1.50e+3", "-1.50e+3")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", null)]
    [InlineData("{\"a\":[{}]}", null)]
    [InlineData("[\"a\"]", null)]
    public void Text_OfAnyJsonType_IsTextOrNull(string json, string? expected)
    {
        var text = Reading.Value(json, JsonRead.Text);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0", 0L)]
    [InlineData("7", 7L)]
    [InlineData("-7", -7L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9007199254740993", 9007199254740993L)]
    [InlineData("7.0", 7L)]
    [InlineData("7.9", 7L)]
    [InlineData("-7.9", -7L)]
    [InlineData("1.7937017785e9", 1793701778L)]
    [InlineData("1e3", 1000L)]
    [InlineData("\"12\"", 12L)]
    [InlineData("\"-12\"", -12L)]
    [InlineData("\"9007199254740993\"", 9007199254740993L)]
    [InlineData("\" 12 \"", 12L)]
    [InlineData("\"12.7\"", 12L)]
    [InlineData("\"1e3\"", 1000L)]
    [InlineData("\"\\u0031\\u0032\"", 12L)]
    public void Int64_OfANumberInAnySpelling_IsTheNumber(string json, long expected)
    {
        var number = Reading.Value(json, JsonRead.Int64);

        Assert.Equal(expected, number);
        Assert.Equal(expected, Reading.CutValue(json, JsonRead.Int64));
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-1e19")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"9223372036854775808\"")]
    [InlineData("\"1e400\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"\"")]
    [InlineData("\"twelve\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"0x10\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{\"value\":[1]}")]
    [InlineData("[1,[2]]")]
    public void Int64_OfAnythingElse_IsNull(string json)
    {
        var number = Reading.Value(json, JsonRead.Int64);

        Assert.Null(number);
    }

    [Theory]
    [InlineData("0.7", 0.7)]
    [InlineData("7", 7.0)]
    [InlineData("-1.5e-3", -0.0015)]
    [InlineData("1E308", 1e308)]
    [InlineData("1e-400", 0.0)]
    [InlineData("123456789012345678901234567890", 1.2345678901234568e29)]
    [InlineData("\"0.7\"", 0.7)]
    [InlineData("\"-1.5e-3\"", -0.0015)]
    [InlineData("\" 2 \"", 2.0)]
    public void Double_OfANumberInAnySpelling_IsTheNumber(string json, double expected)
    {
        var number = Reading.Value(json, JsonRead.Double);

        Assert.Equal(expected, number);
        Assert.Equal(expected, Reading.CutValue(json, JsonRead.Double));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"1e400\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"-Infinity\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{\"value\":[1]}")]
    [InlineData("[1,[2]]")]
    public void Double_OfAnythingElse_IsNull(string json)
    {
        var number = Reading.Value(json, JsonRead.Double);

        Assert.Null(number);
    }

    [Theory]
    [InlineData("0.000123", "0.000123")]
    [InlineData("1.50", "1.50")]
    [InlineData("-7", "-7")]
    [InlineData("1.5e-3", "0.0015")]
    [InlineData("\"0.00000015\"", "0.00000015")]
    [InlineData("\"1e2\"", "100")]
    public void Decimal_OfANumberInAnySpelling_IsTheNumber(string json, string expected)
    {
        var number = Reading.Value(json, JsonRead.Decimal);

        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), number);
    }

    [Theory]
    [InlineData("1e40")]
    [InlineData("-1e400")]
    [InlineData("\"1e40\"")]
    [InlineData("\"free\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"\"")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("{\"usd\":1}")]
    [InlineData("[0.1]")]
    public void Decimal_OfAnythingElse_IsNull(string json)
    {
        var number = Reading.Value(json, JsonRead.Decimal);

        Assert.Null(number);
    }

    [Fact]
    public void Numbers_UnderAnotherCulture_ReadAlike()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Cultures.CommaDecimal;
        try
        {
            Assert.Equal(-1.5, Reading.Value("\"-1.5\"", JsonRead.Double));
            Assert.Equal(-1.5, Reading.Value("-1.5", JsonRead.Double));
            Assert.Null(Reading.Value("\"1,5\"", JsonRead.Double));
            Assert.Equal(-1L, Reading.Value("\"-1.5\"", JsonRead.Int64));
            Assert.Equal(-12L, Reading.Value("\"-12\"", JsonRead.Int64));
            Assert.Equal(-1.5m, Reading.Value("\"-1.5\"", JsonRead.Decimal));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("2", null)]
    [InlineData("-1", null)]
    [InlineData("0.5", null)]
    [InlineData("1e400", null)]
    [InlineData("\"yes\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("{\"a\":true}", null)]
    [InlineData("[true]", null)]
    public void Boolean_OfAnyJsonType_IsABooleanOrNull(string json, bool? expected)
    {
        var flag = Reading.Value(json, JsonRead.Boolean);

        Assert.Equal(expected, flag);
    }

    [Theory]
    [InlineData("{\"a\":[1.50,\"\\ud83d\"]}")]
    [InlineData("[null]")]
    [InlineData("1e400")]
    [InlineData("\"\"")]
    [InlineData("false")]
    public void Element_OfAnyValue_KeepsItsText(string json)
    {
        var element = Reading.Value(json, JsonRead.Element);

        Assert.Equal(json, element?.GetRawText());
    }

    [Fact]
    public void Element_OfNull_IsNull()
    {
        var element = Reading.Value("null", JsonRead.Element);

        Assert.Null(element);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("[\"a\"]", "a")]
    [InlineData("[\"a\",\"b\",\"c\"]", "a,b,c")]
    [InlineData("[null,\"a\",{\"b\":1},7,[\"c\"],true]", "a,7,true")]
    [InlineData("[null]", "")]
    public void List_OfMixedItems_LeavesOutTheUnreadable(string json, string expected)
    {
        var items = Reading.Value(json, (ref Utf8JsonReader reader) => JsonRead.List<string>(ref reader, JsonRead.Text));

        Assert.Equal(expected, string.Join(",", items!));
    }

    [Theory]
    [InlineData("[]", new long[0])]
    [InlineData("[5]", new long[] { 5 })]
    [InlineData("[1,\"2\",3.0,null,{},\"x\"]", new long[] { 1, 2, 3 })]
    public void List_OfNumbers_LeavesOutTheUnreadable(string json, long[] expected)
    {
        var items = Reading.Value(json, (ref Utf8JsonReader reader) => JsonRead.List<long>(ref reader, JsonRead.Int64));

        Assert.Equal(expected, items);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"a\"")]
    [InlineData("7")]
    [InlineData("{\"0\":[\"a\"]}")]
    public void List_OfAnythingElse_IsNull(string json)
    {
        var items = Reading.Value(json, (ref Utf8JsonReader reader) => JsonRead.List<string>(ref reader, JsonRead.Text));

        Assert.Null(items);
    }

    [Fact]
    public void MemberName_WithEscapes_IsKnown()
    {
        var error = Wire.Read<ErrorObject>("""{"mess\u0061ge":"m"}""");

        Assert.Equal("m", error.Message);
        Assert.Null(error.AdditionalProperties);
    }

    [Fact]
    public void MemberName_OfBadText_IsUnknownAndNeverThrows()
    {
        byte[] json = [.. "{\"\\ud83d\":1,\""u8, 0xFF, .. "\":2,\"message\":\"m\"}"u8];

        var error = Wire.Read<ErrorObject>(json);

        Assert.Equal("m", error.Message);
        Assert.NotEmpty(error.AdditionalProperties!);
    }

    [Fact]
    public void Unknown_OfTheSameNameTwice_KeepsTheLast()
    {
        var error = Wire.Read<ErrorObject>("""{"extra":1,"extra":{"a":2}}""");

        var member = Assert.Single(error.AdditionalProperties!);

        Assert.Equal("extra", member.Key);
        Assert.Equal("""{"a":2}""", member.Value.GetRawText());
    }

    [Fact]
    public void Unknown_OfNull_IsKept()
    {
        var error = Wire.Read<ErrorObject>("""{"extra":null}""");

        var json = Wire.Write(error);

        Assert.Equal("""{"extra":null}""", json);
    }

    [Fact]
    public void Unknown_InOtherCase_IsNotTheKnownMember()
    {
        var error = Wire.Read<ErrorObject>("""{"Message":"m"}""");

        Assert.Null(error.Message);
        Assert.Equal("Message", Assert.Single(error.AdditionalProperties!).Key);
    }

    [Fact]
    public void FromElement_OfAKeptValue_ReadsIt()
    {
        using var document = JsonDocument.Parse("""{"a":{"message":"\ud83d"}}""");

        var error = JsonRead.FromElement(document.RootElement.GetProperty("a"), ErrorObject.ReadFrom);

        Assert.Equal("\uD83D", error?.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"message\":")]
    [InlineData("{\"message\":\"a")]
    [InlineData("{\"message\" \"a\"}")]
    [InlineData("<html>")]
    [InlineData("")]
    public void Read_OfMalformedJson_ThrowsJsonException(string json)
    {
        var read = () => Wire.Read<ErrorObject>(json);

        Assert.ThrowsAny<JsonException>(read);
    }

    [Fact]
    public void Read_OfBadUtf8InText_NeverThrows()
    {
        byte[] json = [.. "{\"error\":{\"message\":\"a"u8, 0xC3, .. "\",\"type\":\""u8, 0xFF, .. "\",\"code\":\"x\",\"details\":{\"a\":\""u8, 0x80, .. "\"}}}"u8];

        var error = Wire.Read<ErrorResponse>(json).Error!;

        Assert.Equal("a\uFFFD", error.Message);
        Assert.Equal("\uFFFD", error.Type?.Value);
        Assert.Equal("x", error.Code?.Value);
        Assert.Equal(JsonValueKind.Object, error.Details?.ValueKind);
    }

    [Fact]
    public void Read_OfLeadingWhiteSpace_Works()
    {
        var json = new string('\n', 5000) + """{"error":{"message":"m"}}""";

        var error = Wire.Read<ErrorResponse>(json).Error;

        Assert.Equal("m", error?.Message);
    }

    [Fact]
    public void Read_OfALongText_IsWhole()
    {
        var text = string.Concat(Enumerable.Repeat("Zürich 会 😀\n", 20_000));
        var json = JsonSerializer.Serialize(new Dictionary<string, string> { ["message"] = text });

        var error = Wire.Read<ErrorObject>(Encoding.UTF8.GetBytes(json));

        Assert.Equal(text, error.Message);
    }
}
