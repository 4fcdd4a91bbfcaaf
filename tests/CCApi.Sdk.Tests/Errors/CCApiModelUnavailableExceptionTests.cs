using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Errors;

public class CCApiModelUnavailableExceptionTests : ExceptionContract<CCApiModelUnavailableException>
{
    [Fact]
    public void Exception_IsCaughtAsNotFound()
    {
        var exception = new CCApiModelUnavailableException();

        Assert.IsType<CCApiNotFoundException>(exception, exactMatch: false);
    }
}
