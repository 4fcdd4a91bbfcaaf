using System;
using Xunit;

namespace CCApi.Sdk.Tests.Errors;

public class ChatRunProgressTests
{
    [Fact]
    public void Of_AnExceptionOfTheSdk_IsItsProperty()
    {
        var exception = new CCApiException("x");
        var progress = new ChatRunProgress { Turns = 2 };

        ChatRunProgress.Attach(exception, progress);

        Assert.Same(progress, exception.RunProgress);
        Assert.Same(progress, ChatRunProgress.Of(exception));
    }

    [Fact]
    public void Of_AnyOtherException_IsTheLastThatWasAttached()
    {
        var exception = new OperationCanceledException();
        var progress = new ChatRunProgress { Turns = 2 };
        ChatRunProgress.Attach(exception, new ChatRunProgress());

        ChatRunProgress.Attach(exception, progress);

        Assert.Same(progress, ChatRunProgress.Of(exception));
        Assert.Null(ChatRunProgress.Of(new OperationCanceledException()));
    }

    [Fact]
    public void Of_Nothing_Throws() => Assert.Throws<ArgumentNullException>(() => ChatRunProgress.Of(null!));
}
