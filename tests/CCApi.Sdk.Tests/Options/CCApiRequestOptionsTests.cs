using Xunit;

namespace CCApi.Sdk.Tests.Options;

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

    [Fact]
    public void ForCall_WithAKey_NumbersEachFurtherCall()
    {
        var options = new CCApiRequestOptions { IdempotencyKey = "k", ApiKey = "a", Headers = { ["X-Team"] = "a" } };

        var third = options.ForCall(2);

        Assert.Same(options, options.ForCall(0));
        Assert.Equal(("k-3", "a", "a", "k"), (third.IdempotencyKey, third.ApiKey, third.Headers["X-Team"], options.IdempotencyKey));
    }

    [Fact]
    public void ForCall_WithoutAKey_IsTheSame()
    {
        var options = new CCApiRequestOptions();

        Assert.Same(options, options.ForCall(2));
    }
}
