using System.Text.Json;
using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class JsonMemberTests
{
    [Theory]
    [InlineData("""{"code":"a"}""", "a")]
    [InlineData("""{"other":{"code":"inner"},"code":7}""", "7")]
    [InlineData("""{"code":"first","code":"last"}""", "last")]
    [InlineData("""{"c\u006fde":"escaped"}""", "escaped")]
    [InlineData("""{"\ud800":1,"code":"beside a name that is not text"}""", "beside a name that is not text")]
    public void Text_OfAMember_IsFound(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        var text = JsonMember.Text(document.RootElement, "code"u8);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"other":1}""")]
    [InlineData("""{"code":null}""")]
    [InlineData("""{"code":{}}""")]
    [InlineData("""["code"]""")]
    [InlineData("7")]
    public void Text_WhereThereIsNone_IsNull(string json)
    {
        using var document = JsonDocument.Parse(json);

        var text = JsonMember.Text(document.RootElement, "code"u8);

        Assert.Null(text);
    }
}
