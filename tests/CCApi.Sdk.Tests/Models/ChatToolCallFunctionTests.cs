using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatToolCallFunctionTests
{
    [Fact]
    public void With_AnotherNameAndArguments_KeepsTheRest()
    {
        var function = Wire.Read<ChatToolCallFunction>("""{"name":"f","arguments":"x","more":1}""");

        var copy = function.With("g", "{}");

        Assert.Equal("""{"name":"g","arguments":"{}","more":1}""", Wire.Write(copy));
        Assert.Equal(("f", "x"), (function.Name, function.Arguments.ToString()));
    }
}
