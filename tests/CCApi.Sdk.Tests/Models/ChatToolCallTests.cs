using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatToolCallTests
{
    [Fact]
    public void With_AnotherIdAndType_KeepsTheRest()
    {
        var call = Wire.Read<ChatToolCall>("""{"index":3,"id":"a","type":"x","function":{"name":"f","arguments":"{}"},"more":1}""");

        var copy = call.With("b", ChatToolType.Function);

        Assert.Equal("""{"id":"b","type":"function","function":{"name":"f","arguments":"{}"},"more":1}""", Wire.Write(copy));
        Assert.Equal(("a", 3L), (call.Id, call.Index));
    }
}
