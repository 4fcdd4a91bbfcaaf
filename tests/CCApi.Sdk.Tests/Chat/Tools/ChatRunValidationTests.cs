using System;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ChatRunValidationTests
{
    [Fact]
    public void Check_OfWhatARunDecides_SaysTheFix()
    {
        var tools = new ToolScript().Tool("a", city => city).Tools;
        ChatMessage[] messages = [ChatMessage.User("Hi")];

        Says("The request has Stream = true: set ChatRunOptions.Stream instead.", new ChatCompletionRequest { Model = "m", Messages = messages, Stream = true });
        Says("The request has tools of its own, which the run could not call: add them to the ChatTools.", new ChatCompletionRequest { Model = "m", Messages = messages, Tools = [.. tools] });
        Says("The request sets N to more than 1, but a run uses one choice: leave N unset.", new ChatCompletionRequest { Model = "m", Messages = messages, N = 2 });
        Says("The request names no model", new ChatCompletionRequest { Model = "", Messages = messages });
        Assert.Equal("tools", Assert.Throws<ArgumentNullException>(() => ChatRunValidation.Check(ChatScript.Request, null!, new ChatRunOptions())).ParamName);
        Assert.Equal("runOptions", Assert.Throws<ArgumentException>(() => ChatRunValidation.Check(ChatScript.Request, tools, new ChatRunOptions { MaxTurns = 0 })).ParamName);

        void Says(string message, ChatCompletionRequest request)
        {
            var exception = Assert.Throws<ArgumentException>(() => ChatRunValidation.Check(request, tools, new ChatRunOptions()));
            Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        }
    }
}
