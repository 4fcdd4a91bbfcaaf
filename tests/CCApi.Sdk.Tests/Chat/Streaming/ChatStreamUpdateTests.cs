using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ChatStreamUpdateTests
{
    [Fact]
    public void New_OfAText_IsOfNoToolCall()
    {
        var update = new ChatStreamUpdate(ChatStreamUpdateKind.Reasoning, "a");

        Assert.Equal((ChatStreamUpdateKind.Reasoning, "a", null, null, null), (update.Kind, update.Text, update.ToolCallIndex, update.ToolCallId, update.ToolName));
    }
}
