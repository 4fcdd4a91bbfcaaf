using System;
using Xunit;

namespace CCApi.Sdk.Tests.Errors;

public class CCApiExceptionTests
{
    [Fact]
    public void Create_OfAMessageAndACause_KeepsBoth()
    {
        var cause = new InvalidOperationException("cause");

        var exception = new CCApiException("message", cause);

        Assert.Equal("message", exception.Message);
        Assert.Same(cause, exception.InnerException);
    }

    [Fact]
    public void Create_OfAMessage_HasNoCause()
    {
        var exception = new CCApiException("message");

        Assert.Equal("message", exception.Message);
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public void Create_OfNothing_IsACCApiException()
    {
        var exception = new CCApiException();

        Assert.IsType<CCApiException>(exception, exactMatch: false);
        Assert.NotEmpty(exception.Message);
    }
}
