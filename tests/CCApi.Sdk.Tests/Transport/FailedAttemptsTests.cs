using System;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class FailedAttemptsTests
{
    private readonly CCApiClientOptions _client = FakeGateway.Options();

    [Fact]
    public void Add_EachFailure_IsListedWithItsDecision()
    {
        using var call = CallSamples.Post(_client);
        var failedAttempts = new FailedAttempts(call, new ClientState(_client));

        call.BeginAttempt();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var failed = failedAttempts.Add(FailureSamples.OfGateway(503), random: 0.5);
        Clock.Advance(TimeSpan.FromSeconds(2));
        call.BeginAttempt();
        Clock.Advance(TimeSpan.FromSeconds(3));
        failedAttempts.Add(FailureSamples.OfResponse(400, """{"error":{"message":"m","type":"invalid_request_error"}}"""), random: 0.5);

        var attempts = call.Log.Attempts!;
        Assert.Same(failed, attempts[0]);
        Assert.False(failedAttempts.Decision.GoesOn);
        Assert.Equal(
            [
                "attempt 1: 503 overloaded after 1 s; transient",
                "attempt 2: 400 invalid_request_error after 3 s; a retry would not change it",
            ],
            attempts.Select(attempt => attempt.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(0.25), attempts[0].Delay);
        Assert.Null(attempts[1].Delay);
    }

    [Fact]
    public void Add_FailureOfAModel_CoolsItDownAndFailsOver()
    {
        using var client = new ClientState(_client);
        using var call = CallSamples.Post(_client, new CCApiRequestOptions { FailoverModels = ["second"], MaxRetries = 1 });
        var first = call.Payload.Model!;
        var failedAttempts = new FailedAttempts(call, client);

        call.BeginAttempt();
        call.Use(new Authentication.Bearer(FakeGateway.Key, KeyRedaction.None));
        failedAttempts.Add(FailureSamples.OfGateway(503), random: 0.5);
        var afterOne = failedAttempts.Decision.Action;
        call.BeginAttempt();
        failedAttempts.Add(FailureSamples.OfGateway(503), random: 0.5);
        var afterTwo = failedAttempts.Decision.Action;
        call.BeginAttempt();
        failedAttempts.Add(FailureSamples.OfGateway(503), random: 0.5);

        Assert.Equal(RetryAction.Retry, afterOne);
        Assert.Equal(RetryAction.FailOver, afterTwo);
        Assert.Equal("second", call.Payload.Model);
        Assert.True(client.FailoverMemory.IsCooling(FakeGateway.Key, first, Clock.GetUtcNow()));
        Assert.False(client.FailoverMemory.IsCooling(FakeGateway.Key, "second", Clock.GetUtcNow()));

        // The attempts with the model before do not count.
        Assert.Equal(RetryAction.Retry, failedAttempts.Decision.Action);
    }

    [Fact]
    public void Add_RejectedKeyThatWasRenewed_IsRepeatedOnceAndDoesNotCount()
    {
        using var call = CallSamples.Post(_client, new CCApiRequestOptions { MaxRetries = 1 });
        var failedAttempts = new FailedAttempts(call, new ClientState(_client));
        call.BeginAttempt();
        call.Use(new Authentication.Bearer("sk-old", KeyRedaction.None));
        call.EndRenewal(new Authentication.Bearer("sk-new", KeyRedaction.None));

        failedAttempts.Add(FailureSamples.OfGateway(401, "invalid_api_key"), random: 0.5);
        var afterRenewal = failedAttempts.Decision.Action;
        call.BeginAttempt();
        failedAttempts.Add(FailureSamples.OfGateway(503), random: 0.5);

        Assert.Equal(RetryAction.RenewKey, afterRenewal);
        Assert.False(call.CanRenewKey);
        Assert.Equal(RetryAction.Retry, failedAttempts.Decision.Action);
    }

    private TestClock Clock => (TestClock)_client.TimeProvider;
}
