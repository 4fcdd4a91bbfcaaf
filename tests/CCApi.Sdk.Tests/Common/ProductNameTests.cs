using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class ProductNameTests
{
    [Fact]
    public void Client_OfMessages_IsTheTypeOfTheClient()
    {
        Assert.Equal(nameof(CCApiClient), ProductName.Client);
    }

    [Fact]
    public void Value_OfTheAssembly_IsTheNameAndThreeNumbers()
    {
        var name = ProductName.Value;

        Assert.Matches(@"^CCApi\.Sdk/\d+\.\d+\.\d+$", name);
    }
}
