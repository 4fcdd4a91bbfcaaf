using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

/// <summary>How the wait for a job ends when there is no result.</summary>
public class ImageJobErrorsTests
{
    private readonly SkippingTime _time = new();

    [Fact]
    public async Task TimedOut_WhenEveryPollFailed_HasTheLastFailureAndItsAttempts()
    {
        using var handler = new ScriptedHandler(_ => throw new HttpRequestException("unreachable"));
        var job = handler.CreateClient(options => options.TimeProvider = _time).Images.ResumeJob("j");

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => job.WaitAsync());

        var failure = Assert.IsType<CCApiConnectionException>(exception.InnerException);
        Assert.Equal(failure.Attempts, exception.Attempts);
        Assert.Equal(3, exception.Attempts.Count);
        Assert.Contains($"The last poll failed: {failure.Message}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimedOut_WhenTheLastPollSucceeded_HasNoEarlierFailure()
    {
        using var handler = new ScriptedHandler(
            ScriptedHandler.Json("""{"error":{"message":"busy"}}""", (System.Net.HttpStatusCode)503), ScriptedHandler.Json("""{"id":"j","status":"processing"}"""));
        var client = handler.CreateClient(options =>
        {
            options.TimeProvider = _time;
            options.Retry.MaxRetries = 0;
        });

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => client.Images.ResumeJob("j").WaitAsync());

        Assert.IsAssignableFrom<OperationCanceledException>(exception.InnerException);
        Assert.Equal("GET /images/jobs/j", Assert.Single(exception.Attempts).Request);
        Assert.DoesNotContain("The last poll failed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_OfALongIdOrAForgedLine_AreShortAndOnOneLine()
    {
        var id = new string('j', 100_000);
        using var handler = new ScriptedHandler(ScriptedHandler.Json($$"""{"id":"{{id}}","status":"processing\n{{id}}"}"""));
        using var client = handler.CreateClient();
        using var clock = new CallClock(_time, TimeSpan.FromSeconds(1), start: null, CancellationToken.None);
        var job = await client.Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."));
        var state = Wire.Read<MultimodalImageGenerationResponse>($$"""{"failure_reason":"no\ninfo: all is well{{id}}"}""");

        var canceled = ImageJobErrors.Canceled(job.Id, clock, new OperationCanceledException());
        var timeout = ImageJobErrors.TimedOut(job.Id, clock, job.Latest, failure: null, new OperationCanceledException());
        var failed = ImageJobErrors.Failed(job.Id, state);

        Assert.Equal("The wait for the job was canceled. It continues: wait again.", canceled.Message);
        Assert.StartsWith("The job was not done after 0 s (last status: processing jjj", timeout.Message, StringComparison.Ordinal);
        Assert.StartsWith("The job ended as failed: no info: all is welljjj", failed.Message, StringComparison.Ordinal);
        Assert.All([timeout.Message, failed.Message], message => Assert.InRange(message.Length, 1, 1_100));
    }

    [Theory]
    [InlineData("""{"id":"j","status":"failed","message":"The prompt was blocked."}""")]
    [InlineData("""{"id":"j","status":"failed","fail_reason":"The prompt was blocked."}""")]
    [InlineData("""{"id":"j","status":"failed","failure_reason":"The prompt was blocked.","error":null}""")]
    [InlineData("""{"id":"j","status":"failed","error":{"code":"nsfw","message":""},"detail":"The prompt was blocked."}""")]
    [InlineData("""{"id":"j","status":"failed","message":"","reason":"The prompt was blocked."}""")]
    public async Task Failed_WithAReasonBesideTheError_StatesIt(string json)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json(json));
        using var client = handler.CreateClient();

        var exception = await Assert.ThrowsAsync<ImageJobFailedException>(() => client.Images.ResumeJob("j").WaitAsync());

        Assert.Equal("The job j ended as failed: The prompt was blocked.", exception.Message);
        Assert.Equal("The prompt was blocked.", exception.GatewayMessage);
    }

    [Fact]
    public async Task Failed_WithAReasonThatQuotesTheKey_MasksIt()
    {
        const string key = "sk-ccapi-0123456789abcdef";
        using var handler = new ScriptedHandler(ScriptedHandler.Json($$"""{"id":"j","status":"failed","fail_reason":"no access for {{key}}"}"""));
        using var client = handler.CreateClient(options => options.ApiKey = key);

        var exception = await Assert.ThrowsAsync<ImageJobFailedException>(() => client.Images.ResumeJob("j").WaitAsync());

        Assert.Equal("The job j ended as failed: no access for ***", exception.Message);
        Assert.Equal("no access for ***", exception.Job!.AdditionalProperties!["fail_reason"].GetString());
    }

    [Fact]
    public async Task Canceled_OfAJob_NamesTheJobThatContinues()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var job = new ImageJob(new Fake(), "j");

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => job.WaitAsync(cancellationToken: cancellation.Token));

        Assert.Equal("The wait for the job was canceled. It continues: resume it with ImagesClient.ResumeJob(\"j\").", exception.Message);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    private sealed class Fake : ImagesClient;
}
