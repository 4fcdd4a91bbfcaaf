using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ChatMessageWithTests
{
    [Fact]
    public void With_OtherCalls_KeepsTheRest()
    {
        var message = Wire.Read<ChatMessage>("""{"role":"assistant","content":"Hi","name":"n","tool_calls":[{"id":"a"}],"refusal":"no","more":1}""");

        var copy = message.With([new ChatToolCall { Id = "b" }]);

        Assert.Equal("""{"role":"assistant","content":"Hi","name":"n","tool_calls":[{"id":"b"}],"refusal":"no","more":1}""", Wire.Write(copy));
        Assert.Equal("a", message.ToolCalls![0].Id);
    }
}
