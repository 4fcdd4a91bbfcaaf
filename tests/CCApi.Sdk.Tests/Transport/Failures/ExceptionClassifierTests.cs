using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ExceptionClassifierTests
{
    private readonly CCApiClientOptions _client = FakeGateway.Options();

    [Fact]
    public void FailureOf_ExceptionThatIsNotOfThePlatform_IsNull()
    {
        using var call = Call();

        Assert.Null(FailureOf(call, new InvalidOperationException("a bug of a handler")));
    }

    [Fact]
    public void FailureOf_FailureOfTheSdk_IsThatFailure()
    {
        using var call = Call();

        Assert.Same(FailureSamples.Lost, FailureOf(call, new CallFailureException(FailureSamples.Lost)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FailureOf_LostConnection_MayBeChargedWhenTheRequestWasSent(bool isSent)
    {
        using var call = Call();
        call.IsSent = isSent;

        var failure = FailureOf(call, new IOException("reset"))!;

        Assert.Equal(FailureKind.Connection, failure.Kind);
        Assert.Equal(isSent, failure.MayHaveBeenSent);
        Assert.Equal(isSent, failure.MayBeCharged);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public void FailureOf_ExpiredBudget_IsItsTimeoutWhateverWasThrown()
    {
        using var call = Call();
        call.BeginAttempt();
        call.IsSent = true;
        call.BytesReceived = 7;
        ((TestClock)_client.TimeProvider).Advance(_client.Timeouts.Attempt);

        var failure = FailureOf(call, new IOException("aborted"))!;

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Equal(CCApiTimeoutKind.Attempt, failure.Timeout);
        Assert.Equal(_client.Timeouts.Attempt, failure.Limit);
        Assert.Equal(7, failure.BytesReceived);
        Assert.True(failure.MayBeCharged);
    }

    [Fact]
    public void FailureOf_TimeoutOfTheHttpClient_NamesItsLimit()
    {
        using var call = Call();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
        var exception = new TaskCanceledException("canceled", new TimeoutException("slow", new TaskCanceledException()));

        var failure = ExceptionClassifier.FailureOf(call, client, response: null, exception)!;

        Assert.Equal(CCApiTimeoutKind.HttpClient, failure.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(3), failure.Limit);
    }

    [Fact]
    public void FailureOf_ConnectTimeoutOfThePlatform_IsNeverCharged()
    {
        using var call = Call();
        call.IsSent = true;

        var failure = FailureOf(call, new TaskCanceledException("canceled", new TimeoutException("no connection")))!;

        Assert.Equal(CCApiTimeoutKind.Connect, failure.Timeout);
        Assert.False(failure.MayHaveBeenSent);
        Assert.False(failure.MayBeCharged);
    }

    [Fact]
    public void FailureOf_BodyThatCannotBeDecompressed_HasTheStatusOfItsResponse()
    {
        using var call = Call();
        using var response = new HttpResponseMessage(HttpStatusCode.Accepted);

        var failure = ExceptionClassifier.FailureOf(call, client: null, response, new InvalidDataException("bad block"))!;

        Assert.Equal(FailureKind.Protocol, failure.Kind);
        Assert.Equal(HttpStatusCode.Accepted, failure.Status);
        Assert.Equal("GET /models returned a body that cannot be decompressed: bad block", failure.Detail);
    }

    private static CallFailure? FailureOf(ApiCall call, Exception exception) =>
        ExceptionClassifier.FailureOf(call, client: null, response: null, exception);

    private ApiCall Call() => CallSamples.Get(_client);
}
