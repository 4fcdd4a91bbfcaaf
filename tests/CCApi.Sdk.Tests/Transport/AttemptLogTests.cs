using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class AttemptLogTests
{
    private readonly CCApiClientOptions _client = FakeGateway.Options();

    [Fact]
    public void AddFailure_AfterASuccess_ReplacesIt()
    {
        using var call = CallSamples.Post(_client);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        call.BeginAttempt();
        call.Log.AddFailure(call, FailureSamples.OfGateway(503), "transient", delay: null);
        call.BeginAttempt();
        var before = call.Info(response).Attempts;
        Clock.Advance(TimeSpan.FromSeconds(3));

        call.Log.AddFailure(call, CallFailure.Stream("broke") with { Status = response.StatusCode }, "not retried", delay: null);

        Assert.Equal(
            ["attempt 1: 503 overloaded after 0 s; transient", "attempt 2: 200 CCApiStreamException after 3 s; not retried"],
            call.Log.Attempts!.Select(attempt => attempt.ToString()));
        Assert.Equal("attempt 2: 200 after 0 s; done", before[1].ToString());
    }

    [Fact]
    public void AddFailure_WithoutACode_NamesTheException()
    {
        using var call = CallSamples.Post(_client);
        call.BeginAttempt();

        var attempt = call.Log.AddFailure(call, FailureSamples.NotSent with { Cause = new HttpRequestException("unreachable") }, "transient", TimeSpan.FromSeconds(1));

        Assert.Equal("CCApiConnectionException", attempt.Fault);
        Assert.Equal(TimeSpan.FromSeconds(1), attempt.Delay);
    }

    [Fact]
    public void AddFailure_DecisionWithTheKey_MasksIt()
    {
        using var call = CallSamples.Get(_client, new KeyRedaction(FakeGateway.Key));
        call.BeginAttempt();

        var attempt = call.Log.AddFailure(call, FailureSamples.OfGateway(503), $"rejected {FakeGateway.Key}", delay: null);

        Assert.Equal("rejected ***", attempt.Decision);
    }

    private TestClock Clock => (TestClock)_client.TimeProvider;
}
