using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Errors;

public class ChatStructuredOutputExceptionTests : ExceptionContract<ChatStructuredOutputException>
{
    [Fact]
    public void Create_OfNothing_KnowsNothing()
    {
        var exception = new ChatStructuredOutputException();

        Assert.Equal((StructuredOutputError.None, 0, null), (exception.Fault, exception.Responses.Count, exception.Usage));
    }
}
