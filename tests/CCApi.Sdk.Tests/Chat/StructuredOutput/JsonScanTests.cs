using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class JsonScanTests
{
    [Theory]
    [InlineData("{}", 2)]
    [InlineData("{\"a\":[1,{}]} tail", 12)]
    [InlineData("{\"a\":\"}\\\"}\"}x", 12)]
    [InlineData("[1 // ]\n]x", 9)]
    [InlineData("[/* ] */1]x", 10)]
    [InlineData("[1/2]x", 5)]
    [InlineData("{\"a\":[1}", -1)]
    [InlineData("{'a':'}',\"b\":1}x", 15)]
    [InlineData("{'a':'it's }', 'b' : '}'}x", 25)]
    [InlineData("{a: don't, b: 'c'}x", 18)]
    [InlineData("{\u201Ca\u201D:\u201C}\u201D}x", 17)]
    [InlineData("{'a':'b", -1)]
    [InlineData("{\u201Ca}", -1)]
    [InlineData("{\"a\":[1", -1)]
    [InlineData("{\"a", -1)]
    [InlineData("[/* ", -1)]
    [InlineData("[// ", -1)]
    public void LengthOfValue_OfBrackets_IsWhereTheyClose(string text, int expected) => Assert.Equal(expected, JsonScan.LengthOfValue(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("{ \"a\"", true)]
    [InlineData("{}", true)]
    [InlineData("{a}", false)]
    [InlineData("{Name: 1", true)]
    [InlineData("{\n  Name = 1", true)]
    [InlineData("{'Name': 1", true)]
    [InlineData("{`a`", true)]
    [InlineData("{\u201CName\u201D:1}", true)]
    [InlineData("['a']", true)]
    [InlineData("[NaN, 1]", true)]
    [InlineData("{see below: 1}", false)]
    [InlineData("{a} b: 1", false)]
    [InlineData("{: 1", false)]
    [InlineData("{averyveryveryveryveryveryveryveryveryveryveryveryveryverylongword: 1", false)]
    [InlineData("[1]", true)]
    [InlineData("[ -1]", true)]
    [InlineData("[true]", true)]
    [InlineData("[the]", false)]
    [InlineData("[", true)]
    public void StartsValue_OfABracket_IsWhetherJsonFollows(string text, bool expected) => Assert.Equal(expected, JsonScan.StartsValue(Encoding.UTF8.GetBytes(text)));
}
