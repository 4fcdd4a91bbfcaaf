using Xunit;

namespace CCApi.Sdk.Tests;

public class CCApiRequestOptionsTests
{
    [Fact]
    public void Options_WhenMade_ChangeNothing()
    {
        var options = new CCApiRequestOptions();

        Assert.Null(options.ApiKey);
        Assert.Null(options.MaxRetries);
        Assert.Null(options.RetryPossiblyCharged);
        Assert.Null(options.IdempotencyKey);
        Assert.Null(options.Total);
        Assert.Null(options.Attempt);
        Assert.Null(options.FirstChunk);
        Assert.Null(options.Idle);
        Assert.Empty(options.Headers);
    }

    [Fact]
    public void Headers_OfOtherCase_AreTheSame()
    {
        var options = new CCApiRequestOptions { Headers = { ["X-Team"] = "a" } };

        Assert.Equal("a", options.Headers["x-team"]);
    }
}
