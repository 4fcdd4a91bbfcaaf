using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class StreamEndMarkTests
{
    [Theory]
    [InlineData("[DONE]", 6)]
    [InlineData("[DONE]{}", 6)]
    [InlineData("[done]", 6)]
    [InlineData("\"[DONE]\"", 8)]
    [InlineData("\"[DONE]\" and more", 8)]
    [InlineData("DONE", 4)]
    [InlineData("[ DONE ]\n{}", 8)]
    [InlineData("[\"DONE\"]", 8)]
    [InlineData("<done>", 6)]
    [InlineData("[ [ [ DONE ] ] ]", 16)]
    [InlineData("[ [ [ DONE ] ] ] ", 0)]
    [InlineData("done with it", 0)]
    [InlineData("d", 0)]
    [InlineData("[\"done\",1]", 0)]
    [InlineData("\"[DONE]", 7)]
    [InlineData("[DON", 0)]
    [InlineData("{}", 0)]
    public void LengthIn_OfData_IsThatOfTheMark(string data, int expected)
    {
        Assert.Equal(expected, StreamEndMark.LengthIn(Encoding.UTF8.GetBytes(data)));
    }
}
