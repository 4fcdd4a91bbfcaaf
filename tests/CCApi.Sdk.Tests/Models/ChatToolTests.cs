using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatToolTests
{
    [Fact]
    public void Create_OfAName_IsAFunctionWithoutParameters()
    {
        var tool = ChatTool.Create("now");

        Assert.Equal("""{"type":"function","function":{"name":"now"}}""", Wire.Write(tool));
    }

    [Fact]
    public void Create_OfEverything_IsAFunction()
    {
        using var schema = JsonDocument.Parse("""{"type":"object"}""");

        var tool = ChatTool.Create("now", "Gets the time.", schema.RootElement);

        Assert.Equal(
            """{"type":"function","function":{"name":"now","description":"Gets the time.","parameters":{"type":"object"}}}""",
            Wire.Write(tool));
    }
}
