using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ErrorBodyTests
{
    [Theory]
    [InlineData("""{"error":{"message":"m","type":"t","code":"c","param":"p"}}""", "m", "t", "c", "p")]
    [InlineData("""{"error":{"message":"m","type":"t","code":429,"param":null}}""", "m", "t", "429", null)]
    [InlineData("""{"error":{"message":"m","type":"t","code":null}}""", "m", "t", null, null)]
    [InlineData("""{"error":{"message":"m"}}""", "m", null, null, null)]
    [InlineData("""{"error":{"message":"","type":"new_api_error","code":""}}""", null, "new_api_error", null, null)]
    [InlineData("""{"error":"text"}""", "text", null, null, null)]
    [InlineData("""{"error":"text","code":"c","error_type":"t"}""", "text", "t", "c", null)]
    [InlineData("""{"code":"invalid","error":"text"}""", "text", null, "invalid", null)]
    [InlineData("""{"message":"m","type":"t","code":"c","param":"p"}""", "m", "t", "c", "p")]
    [InlineData("""{"detail":"text"}""", "text", null, null, null)]
    [InlineData("""{"detail":{"message":"m","code":"c"}}""", "m", null, "c", null)]
    [InlineData("""{"detail":{"error":{"message":"m"}}}""", "m", null, null, null)]
    [InlineData("""{"msg":"m","code":7}""", "m", null, "7", null)]
    [InlineData("""{"error_msg":"m","error_code":7}""", "m", null, "7", null)]
    [InlineData("""{"err":"m"}""", "m", null, null, null)]
    [InlineData("""{"description":"m"}""", "m", null, null, null)]
    [InlineData("""{"reason":"m"}""", "m", null, null, null)]
    [InlineData("""{"errors":["one","two"]}""", "one; two", null, null, null)]
    [InlineData("""{"errors":[{"message":"one","code":"c"},{"message":"two"}]}""", "one; two", null, "c", null)]
    [InlineData("""{"base_resp":{"status_code":1004,"status_msg":"m"}}""", "m", null, "1004", null)]
    [InlineData("""{"success":false,"message":"m"}""", "m", null, null, null)]
    [InlineData("""{"code":"x","message":"y","data":null}""", "y", null, "x", null)]
    [InlineData("""{"header":{"code":"c","message":"m"}}""", "m", null, "c", null)]
    [InlineData("""{"response":{"error":{"message":"m"}}}""", "m", null, null, null)]
    [InlineData("""[{"error":{"message":"m","code":400,"status":"INVALID_ARGUMENT"}}]""", "m", null, "400", null)]
    [InlineData("\"text\"", "text", null, null, null)]
    [InlineData("""{"data":{"error":{"message":"m","code":503}}}""", "m", null, "503", null)]
    [InlineData("""{"data":{"message":"no"},"message":"m"}""", "m", null, null, null)]
    [InlineData("""{"Error":{"Code":"Throttling","Message":"m"}}""", "m", null, "Throttling", null)]
    [InlineData("""{"error":{"message":"inner"},"message":"outer","type":"t"}""", "inner", "t", null, null)]
    [InlineData("""{"error":{"error":{"message":"m"}}}""", "m", null, null, null)]
    [InlineData("503", null, null, "503", null)]
    [InlineData("""{"error":500}""", null, null, "500", null)]
    [InlineData("""{"error":-1,"message":"m","code":0}""", "m", null, "-1", null)]
    [InlineData("""{"ErrorCode":"c","ErrorMessage":"m","errorType":"t"}""", "m", "t", "c", null)]
    [InlineData("""{"errcode":40001,"errmsg":"m"}""", "m", null, "40001", null)]
    [InlineData("""{"error":{"code":"c"}}""", null, null, "c", null)]
    [InlineData("""{"error":{"message":{"text":"m"},"type":"t"}}""", null, "t", null, null)]
    public void Parse_OfAnyShape_KeepsWhatItSays(string json, string? message, string? type, string? code, string? param)
    {
        var error = Parse(json);

        Assert.Equal(message, error?.Message);
        Assert.Equal(type, error?.Type);
        Assert.Equal(code, error?.Code);
        Assert.Equal(param, error?.Param);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<html></html>")]
    [InlineData("Bad Gateway")]
    [InlineData("{")]
    [InlineData("""{"error":{"message":"m" """)]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"\"")]
    [InlineData("""{"error":0}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"error":{"message":" "}}""")]
    [InlineData("""{"a":{"message":"m"}}""")]
    public void Parse_OfNoError_IsNull(string body)
    {
        Assert.Null(Parse(body));
    }

    [Fact]
    public void Parse_AfterAByteOrderMarkAndWhiteSpace_Reads()
    {
        var error = Parse("\uFEFF" + new string('\n', 5000) + """{"error":{"message":"m"}}""");

        Assert.Equal("m", error?.Message);
    }

    [Fact]
    public void Parse_OfAValidatorsList_NamesThePlaces()
    {
        var error = Parse("""{"detail":[{"loc":["body","messages",0,"role"],"msg":"field required","type":"missing"},{"loc":["body","model"],"msg":"too long"},{"msg":"and this"}]}""");

        Assert.Equal("body.messages.0.role: field required; body.model: too long; and this", error?.Message);
        Assert.Equal("missing", error?.Type);
        Assert.Equal(3, error?.Details?.GetArrayLength());
    }

    [Fact]
    public void Parse_OfALongList_ReadsItsStartOnly()
    {
        var empties = string.Join(",", Enumerable.Repeat("{}", 63));

        var last = Parse($$"""{"error":[{{empties}},{"message":"m"}]}""");
        var past = Parse($$"""{"error":[{{empties}},{},{"message":"m"}]}""");

        Assert.Equal("m", last?.Message);
        Assert.Null(past);
    }

    [Fact]
    public void Parse_OfManyMessages_KeepsEight()
    {
        var error = Parse($"{{\"errors\":[{string.Join(",", Enumerable.Range(1, 20).Select(i => $"{{\"message\":\"m{i}\"}}"))}]}}");

        Assert.Equal("m1; m2; m3; m4; m5; m6; m7; m8", error?.Message);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","details":{"limit":1},"metadata":{"raw":"x"}}}""", """{"limit":1}""")]
    [InlineData("""{"error":{"message":"m","metadata":{"raw":"x"}}}""", """{"raw":"x"}""")]
    [InlineData("""{"error":{"message":"m","details":null},"details":["outer"]}""", """["outer"]""")]
    [InlineData("""{"error":{"message":"m","details":{"inner":1}},"details":["outer"]}""", """{"inner":1}""")]
    [InlineData("""{"error":{"message":"m","details":"text"}}""", "text")]
    public void Parse_OfDetails_KeepsTheInnermost(string json, string expected)
    {
        var error = Parse(json);

        Assert.Equal(expected, error?.Details?.ToString());
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","status":429}}""", 429)]
    [InlineData("""{"error":{"message":"m","code":429}}""", 429)]
    [InlineData("""{"error":{"message":"m","code":"429"}}""", 429)]
    [InlineData("""{"error":{"message":"m","code":429.0}}""", 429)]
    [InlineData("""{"error":{"message":"m","status":"503.0"}}""", 503)]
    [InlineData("""{"error":{"message":"m","code":4.02e2}}""", 402)]
    [InlineData("""{"error":"m","status":503}""", 503)]
    [InlineData("""{"error":{"message":"m","code":7},"status":503}""", 503)]
    [InlineData("""{"error":{"message":"m","status":"INVALID_ARGUMENT","code":400}}""", 400)]
    [InlineData("""{"base_resp":{"status_code":503,"status_msg":"m"}}""", 503)]
    [InlineData("""{"error":{"message":"m","code":1004}}""", null)]
    [InlineData("""{"error":{"message":"m","code":200}}""", null)]
    [InlineData("""{"error":{"message":"m","code":"99999999999"}}""", null)]
    [InlineData("""{"error":{"message":"m"}}""", null)]
    public void Parse_OfANumericStatus_KeepsThatOfAnError(string json, int? expected)
    {
        Assert.Equal(expected, Parse(json)?.Status);
    }

    [Theory]
    [InlineData("""{"\ud83d":1,"error":{"message":"m"}}""", "m")]
    [InlineData("""{"error":{"\ude00":1,"message":"m"}}""", "m")]
    [InlineData("""{"detail":[{"\ud83d":1,"msg":"m"}]}""", "m")]
    [InlineData("""{"\u0065rror":{"m\u0065ssage":"m"}}""", "m")]
    public void Parse_OfCutCharacters_NeverThrows(string json, string expected)
    {
        Assert.Equal(expected, Parse(json)?.Message);
    }

    [Fact]
    public void Parse_OfAMessageWithHalfACharacter_KeepsIt()
    {
        Assert.Equal("m\uD83D", Parse("""{"error":{"message":"m\ud83d"}}""")?.Message);
        Assert.Equal("\uD83D", Parse("""{"error":"\ud83d"}""")?.Message);
    }

    [Fact]
    public void Parse_OfDeepNesting_NeverThrows()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"error\":", 60)) + "\"m\"" + new string('}', 60);
        var tooDeep = new string('[', 1000);

        Assert.Null(Parse(deep));
        Assert.Null(Parse(tooDeep));
    }

    [Fact]
    public void Parse_OfAnyCutOfABody_NeverThrows()
    {
        const string Json = """{"error":{"message":"m\ud83d\ude00","type":"t","code":429,"details":[{"loc":["a",1],"msg":"b"}]},"status":"x"}""";

        for (var length = 0; length < Json.Length; length++)
        {
            Assert.Null(Parse(Json.Substring(0, length)));
        }
    }

    [Theory]
    [InlineData("message msg error_msg error_message errormessage errmsg faultstring err description detail status_msg reason")]
    public void Parse_OfEachNameOfAText_IsTheMessage(string names)
    {
        var messages = names.Split(' ').Select(name => Parse($$$"""{"fault":{"{{{name}}}":"m"}}""")?.Message);

        Assert.All(messages, message => Assert.Equal("m", message));
    }

    [Theory]
    [InlineData("code status_code error_code errorcode errcode")]
    public void Parse_OfEachNameOfACode_IsTheCode(string names)
    {
        var codes = names.Split(' ').Select(name => Parse($$$"""{"message":"m","{{{name}}}":"c"}""")?.Code);

        Assert.All(codes, code => Assert.Equal("c", code));
    }

    [Theory]
    [InlineData("type error_type errortype")]
    public void Parse_OfEachNameOfAType_IsTheType(string names)
    {
        var types = names.Split(' ').Select(name => Parse($$$"""{"message":"m","{{{name}}}":"t"}""")?.Type);

        Assert.All(types, type => Assert.Equal("t", type));
    }

    [Theory]
    [InlineData("status code status_code error_code http_code http_status statuscode")]
    public void Parse_OfEachNameOfAStatus_IsTheStatus(string names)
    {
        var statuses = names.Split(' ').Select(name => Parse($$$"""{"message":"m","{{{name}}}":503}""")?.Status);

        Assert.All(statuses, status => Assert.Equal(503, status));
    }

    [Theory]
    [InlineData("error errors detail base_resp header response fault")]
    public void Parse_OfEachNameOfAnError_IsWhatItHolds(string names)
    {
        var messages = names.Split(' ').Select(name => Parse($$$"""{"{{{name}}}":{"message":"m"}}""")?.Message);

        Assert.All(messages, message => Assert.Equal("m", message));
    }

    [Theory]
    [InlineData("data result output choices")]
    public void Parse_OfEachNameOfAResult_IsTheErrorInIt(string names)
    {
        var errors = names.Split(' ').Select(name => Parse($"{{\"{name}\":{{\"error\":{{\"message\":\"m\"}}}}}}")?.Message);
        var wrapped = names.Split(' ').Select(name => Parse($"{{\"{name}\":{{\"data\":{{\"error\":{{\"message\":\"m\"}}}}}}}}")?.Message);
        var results = names.Split(' ').Select(name => Parse($$$"""{"{{{name}}}":{"message":"m"}}""")?.Message);

        Assert.All(errors.Concat(wrapped), message => Assert.Equal("m", message));
        Assert.All(results, Assert.Null);
    }

    [Theory]
    [InlineData(399, null)]
    [InlineData(400, 400)]
    [InlineData(599, 599)]
    [InlineData(600, null)]
    [InlineData(429.5, null)]
    public void StatusOf_ANumber_IsThatOfAnError(double number, int? expected) =>
        Assert.Equal(expected, ErrorBody.StatusOf(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("""{"error":{"message":"m","status":"UNAVAILABLE"},"status":"outer"}""", "UNAVAILABLE")]
    [InlineData("""{"error":{"message":"m"},"status":"outer"}""", "outer")]
    [InlineData("""{"errors":[{"message":"m"},{"status":"UNAVAILABLE"},{"status":"late"}]}""", "UNAVAILABLE")]
    public void Parse_OfAStatusInWords_KeepsTheInnermost(string json, string expected) => Assert.Equal(expected, Parse(json)?.StatusWord);

    [Fact]
    public void Parse_OfAList_FillsInWhatTheFirstItemsLeaveOut()
    {
        var error = Parse("""{"errors":[{"message":"a","type":"t1"},{"type":"t2","code":"c1","param":"p1"},{"code":503,"param":"p2","details":{"x":1}},{"details":{"x":2}}]}""")!;

        Assert.Equal(("a", "t1", "c1", "p1", 503), (error.Message, error.Type, error.Code, error.Param, error.Status));
        Assert.Equal("""{"x":1}""", error.Details?.GetRawText());
    }

    [Theory]
    [InlineData("""{"errors":["a","b"]}""", """["a","b"]""")]
    [InlineData("""["a","b"]""", null)]
    [InlineData("""{"errors":[{},{}],"message":"m"}""", null)]
    public void Parse_OfAList_KeepsItAsDetailsWhereItIsNotAll(string json, string? expected) =>
        Assert.Equal(expected, Parse(json)?.Details?.GetRawText());

    [Theory]
    [InlineData("""{"detail":["a",{"loc":"x","msg":"b"},{"loc":[],"msg":"c"}]}""", "a; b; : c")]
    [InlineData("""{"detail":[{"loc":[{"a":1},true,null],"msg":"b"}]}""", ".true.: b")]
    public void Parse_OfAListWithOddPlaces_KeepsTheTexts(string json, string expected) => Assert.Equal(expected, Parse(json)?.Message);

    [Theory]
    [InlineData(3, "m")]
    [InlineData(4, null)]
    public void Parse_OfNestedErrors_ReadsFourLevels(int depth, string? expected)
    {
        var objects = string.Concat(Enumerable.Repeat("{\"error\":", depth)) + "{\"message\":\"m\"}" + new string('}', depth);
        var lists = new string('[', depth) + "[\"m\"]" + new string(']', depth);

        Assert.Equal((expected, expected), (Parse(objects)?.Message, Parse(lists)?.Message));
    }

    [Fact]
    public void Text_OfAMessage_IsOnlyThat()
    {
        var error = ErrorBody.Text("m");

        Assert.Equal("m", error.Message);
        Assert.Null(error.Code);
    }

    private static ErrorBody? Parse(string body) => ErrorBody.Parse(Encoding.UTF8.GetBytes(body));
}
