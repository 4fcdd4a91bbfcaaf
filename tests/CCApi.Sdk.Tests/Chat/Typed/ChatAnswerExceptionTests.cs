using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Typed;

public class ChatAnswerExceptionTests : ExceptionContract<ChatAnswerException>
{
    [Fact]
    public void Create_OfNothing_KnowsNothing()
    {
        var exception = new ChatAnswerException();

        Assert.Equal((ChatAnswerFault.None, 0, null), (exception.Fault, exception.Responses.Count, exception.Usage));
    }
}
