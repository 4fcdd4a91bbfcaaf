using System;
using Xunit;

namespace CCApi.Sdk.Tests.Support;

/// <summary>What every exception of the SDK can do; each one's tests derive from it.</summary>
public abstract class ExceptionContract<T>
    where T : CCApiException, new()
{
    [Fact]
    public void Create_OfAMessageAndACause_KeepsBoth()
    {
        var cause = new InvalidOperationException("cause");

        var exception = (T)Activator.CreateInstance(typeof(T), "message", cause)!;

        Assert.Equal("message", exception.Message);
        Assert.Same(cause, exception.InnerException);
    }

    [Fact]
    public void Create_OfAMessage_HasNoCause()
    {
        var exception = (T)Activator.CreateInstance(typeof(T), "message")!;

        Assert.Equal("message", exception.Message);
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public void Create_OfNothing_HasAMessageAndNoAttempts()
    {
        var exception = new T();

        Assert.NotEmpty(exception.Message);
        Assert.Empty(exception.Attempts);
    }
}
