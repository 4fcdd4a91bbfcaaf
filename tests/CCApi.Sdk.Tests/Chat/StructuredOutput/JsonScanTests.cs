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
    [InlineData("{\"a\":[1}", 8)]
    [InlineData("{\"a\":[1", -1)]
    [InlineData("{\"a", -1)]
    [InlineData("[/* ", -1)]
    [InlineData("[// ", -1)]
    public void LengthOfValue_OfBrackets_IsWhereTheyClose(string text, int expected) => Assert.Equal(expected, JsonScan.LengthOfValue(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("{ \"a\"", true)]
    [InlineData("{}", true)]
    [InlineData("{a}", false)]
    [InlineData("[1]", true)]
    [InlineData("[ -1]", true)]
    [InlineData("[true]", true)]
    [InlineData("[the]", false)]
    [InlineData("[", true)]
    public void StartsValue_OfABracket_IsWhetherJsonFollows(string text, bool expected) => Assert.Equal(expected, JsonScan.StartsValue(Encoding.UTF8.GetBytes(text)));
}
