using Xunit;

namespace CCApi.Sdk.Tests.Errors;

public class CCApiTimeoutKindTests
{
    [Fact]
    public void Default_IsNotKnown()
    {
        Assert.Equal(CCApiTimeoutKind.None, default);
        Assert.Equal(CCApiTimeoutKind.None, new CCApiTimeoutException().Kind);
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.Connect)]
    [InlineData(CCApiTimeoutKind.Attempt)]
    [InlineData(CCApiTimeoutKind.Total)]
    [InlineData(CCApiTimeoutKind.FirstChunk)]
    [InlineData(CCApiTimeoutKind.NextChunk)]
    [InlineData(CCApiTimeoutKind.Download)]
    [InlineData(CCApiTimeoutKind.Idle)]
    public void Kind_OfABudget_HasTheNameOfItsOption(CCApiTimeoutKind kind)
    {
        // The message of a time-out says which option to raise by this name.
        Assert.NotNull(typeof(CCApiTimeoutOptions).GetProperty(kind.ToString()));
    }
}
