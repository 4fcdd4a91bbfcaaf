using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using NSubstitute;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

public class ImageJobTests
{
    private const string Accepted = "accepted";
    private const string Processing = "processing";
    private const string Completed = "completed";
    private const string Failed = "failed";

    private readonly SkippingTime _time = new();

    [Fact]
    public async Task Wait_ForAJobThatIsDone_AsksNothing()
    {
        using var handler = new ScriptedHandler(Say(Failed));
        var job = new ImageJob(handler.CreateClient().Images, State(Completed));

        var images = await job.WaitAsync();

        Assert.Same(job.Latest, images);
        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task Wait_ForAJobThatRuns_AsksUntilItIsDone()
    {
        using var handler = new ScriptedHandler(Say(Accepted, HttpStatusCode.Accepted), Say(Processing), Say(Processing), Say(Completed));
        var job = await StartAsync(handler);

        var images = await job.WaitAsync();

        Assert.Equal("https://media.example.com/images/8b1.png", images.Data![0].Url);
        Assert.Equal(
            ["POST https://api.ccapi.ai/v1/images/generate", .. Enumerable.Repeat("GET https://api.ccapi.ai/v1/images/jobs/job_3fW8", 3)],
            handler.Sent);
        Assert.Equal(ImageJobStatus.Completed, job.Status);
        Assert.Equal("job_3fW8", job.Id);
    }

    [Fact]
    public async Task Wait_ForAJobThatRuns_PausesLongerEachTime()
    {
        using var handler = new ScriptedHandler(Say(Accepted, HttpStatusCode.Accepted), Say(Processing), Say(Processing), Say(Processing), Say(Completed));
        var job = await StartAsync(handler);

        await job.WaitAsync(waitOptions: new ImageJobWaitOptions { MaxDelay = TimeSpan.FromSeconds(9) });

        Assert.Equal(4, _time.Waits.Count);
        Assert.InRange(_time.Waits[0], TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        Assert.InRange(_time.Waits[3], TimeSpan.FromSeconds(7.2), TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task Wait_WithProgress_ReportsEveryState()
    {
        using var handler = new ScriptedHandler(Say(Processing), Say(Completed));
        var job = new ImageJob(Images(handler), State(Accepted));
        var progress = new Collector();

        await job.WaitAsync(progress);

        Assert.Equal(["pending", "processing", "completed"], progress.Seen);
    }

    [Fact]
    public async Task Wait_ForAJobThatFails_ThrowsItsFacts()
    {
        using var handler = new ScriptedHandler(Say(Failed));
        var job = new ImageJob(Images(handler), State(Accepted));

        var exception = await Assert.ThrowsAsync<ImageJobFailedException>(() => job.WaitAsync());

        Assert.Equal("The job job_3fW8 ended as failed: The prompt was refused by the provider.", exception.Message);
        Assert.Equal("The prompt was refused by the provider.", exception.GatewayMessage);
        Assert.Equal("invalid_request_error", exception.Type);
        Assert.Equal("content_policy_violation", exception.Code);
        Assert.Equal("""{"charged":false}""", exception.Details!.Value.GetRawText().Replace(" ", "").Replace("\n", ""));
        Assert.Equal(HttpStatusCode.OK, exception.StatusCode);
        Assert.Equal("GET /images/jobs/job_3fW8", Assert.Single(exception.Attempts).Request);
        Assert.Same(job.Latest, exception.Job);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task Wait_ForAJobThatFailedAtOnceWithoutAWord_SaysSo()
    {
        var job = new ImageJob(Substitute.For<ImagesClient>(), Wire.Read<MultimodalImageGenerationResponse>("""{"status":"cancelled"}"""));

        var exception = await Assert.ThrowsAsync<ImageJobFailedException>(() => job.WaitAsync());

        Assert.Equal("The job ended as cancelled: the gateway did not say why", exception.Message);
    }

    [Theory]
    [InlineData("""{"id":"j","status":"upscaling"}""", 2)]
    [InlineData("""{"id":"j","status":"upscaling","data":[{"url":"https://media.example.com/a.png"}]}""", 1)]
    public async Task Wait_ForAStatusThatNobodyKnows_GoesByTheData(string json, int questions)
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json(json), Say(Completed));

        await Images(handler).ResumeJob("j").WaitAsync();

        Assert.Equal(questions, handler.Sent.Count);
    }

    [Fact]
    public async Task Wait_OfTwoTenantsForOneId_PollsWithTheKeyOfEach()
    {
        using var handler = new ScriptedHandler(Say(Processing), Say(Completed), Say(Processing), Say(Completed));
        var images = Images(handler);

        await images.ResumeJob("j", new CCApiRequestOptions { ApiKey = "sk-tenant-a" }).WaitAsync();
        await images.ResumeJob("j", new CCApiRequestOptions { ApiKey = "sk-tenant-b" }).WaitAsync();

        Assert.Equal(
            ["Bearer sk-tenant-a", "Bearer sk-tenant-a", "Bearer sk-tenant-b", "Bearer sk-tenant-b"],
            handler.Headers.Select(headers => headers["Authorization"]));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Wait_WhenTheQuestionFailsInPassing_AsksAgain(int status)
    {
        using var handler = new ScriptedHandler(Fail(status), Fail(status), Fail(status), Fail(status), Say(Completed));

        var images = await Images(handler, options => options.Retry.MaxRetries = 0).ResumeJob("job_3fW8").WaitAsync();

        Assert.Single(images.Data!);
        Assert.Equal(5, handler.Sent.Count);
    }

    [Fact]
    public async Task Wait_WhenTheConnectionBreaks_AsksAgain()
    {
        using var handler = new ScriptedHandler(_ => throw new HttpRequestException("reset"), _ => Task.FromResult(Say(Completed)()));

        var images = await Images(handler, options => options.Retry.MaxRetries = 0).ResumeJob("job_3fW8").WaitAsync();

        Assert.Single(images.Data!);
    }

    [Fact]
    public async Task Wait_WhenThereIsNoSuchJob_Ends()
    {
        using var handler = new ScriptedHandler(Fail(404), Say(Completed));

        await Assert.ThrowsAsync<CCApiNotFoundException>(() => Images(handler).ResumeJob("job_3fW8").WaitAsync());

        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task Wait_ForTooLong_NamesTheWayBack()
    {
        using var handler = new ScriptedHandler(Say(Processing));
        var job = Images(handler).ResumeJob("job_3fW8");

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => job.WaitAsync(waitOptions: new ImageJobWaitOptions { Timeout = TimeSpan.FromMinutes(2) }));

        Assert.Equal(CCApiTimeoutKind.ImageJob, exception.Kind);
        Assert.True(exception.IsTransient);
        Assert.InRange(exception.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(130));
        Assert.Equal(
            "The job job_3fW8 was not done after 120 s (last status: processing). It continues: resume it with ImagesClient.ResumeJob(\"job_3fW8\"), or raise ImageJobWaitOptions.Timeout.",
            exception.Message);
        Assert.Equal(ImageJobStatus.Processing, job.Status);
    }

    [Fact]
    public async Task Wait_WhenAQuestionHangs_ObeysTheBudgetOfTheJob()
    {
        var asked = new TaskCompletionSource<bool>();
        using var handler = new ScriptedHandler(token => Hang(asked, token));
        var waiting = Images(handler).ResumeJob("job_3fW8").WaitAsync(waitOptions: new ImageJobWaitOptions { Timeout = TimeSpan.FromMinutes(1) });

        await asked.Task;
        _time.Advance(TimeSpan.FromMinutes(1));

        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => waiting);
        Assert.Equal(CCApiTimeoutKind.ImageJob, exception.Kind);
        Assert.Contains("(last status: none)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_WithoutABudget_GoesOnForHours()
    {
        using var handler = new ScriptedHandler([.. Enumerable.Repeat(Say(Processing), 1000), Say(Completed)]);
        var job = Images(handler).ResumeJob("job_3fW8");

        var images = await job.WaitAsync(waitOptions: new ImageJobWaitOptions { Timeout = Timeout.InfiniteTimeSpan });

        Assert.Single(images.Data!);
    }

    [Fact]
    public async Task Wait_CancelledInAQuestion_EndsTheWaiting()
    {
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource<bool>();
        using var handler = new ScriptedHandler(token => Hang(asked, token));
        var waiting = Images(handler).ResumeJob("job_3fW8").WaitAsync(cancellationToken: cancellation.Token);

        await asked.Task;
        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Wait_CancelledInAPause_EndsTheWaiting()
    {
        using var cancellation = new CancellationTokenSource();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var handler = new ScriptedHandler(Say(Processing));
        var waiting = handler.CreateClient(options => options.TimeProvider = time).Images.ResumeJob("job_3fW8").WaitAsync(cancellationToken: cancellation.Token);

        cancellation.Cancel();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Wait_CancelledAndBegunAgain_GoesOnWhereItWas()
    {
        using var cancellation = new CancellationTokenSource();
        using var handler = new ScriptedHandler(Say(Completed));
        var job = new ImageJob(Images(handler), State(Accepted));
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.WaitAsync(cancellationToken: cancellation.Token));

        var images = await job.WaitAsync();

        Assert.Single(images.Data!);
    }

    [Fact]
    public async Task Watch_OfAJob_YieldsEveryState()
    {
        using var handler = new ScriptedHandler(Say(Processing), Say(Completed));
        var job = new ImageJob(Images(handler), State(Accepted));

        var seen = await StatusesAsync(job.WatchAsync());

        Assert.Equal(["pending", "processing", "completed"], seen);
    }

    [Fact]
    public async Task Watch_OfAJobThatFails_YieldsThatTooAndEnds()
    {
        using var handler = new ScriptedHandler(Say(Processing), Say(Failed));
        var job = Images(handler).ResumeJob("job_3fW8");

        var seen = await StatusesAsync(job.WatchAsync());

        Assert.Equal(["processing", "failed"], seen);
    }

    [Fact]
    public async Task Watch_WithATokenOfTheEnumeration_IsCancelledByIt()
    {
        using var cancellation = new CancellationTokenSource();
        using var handler = new ScriptedHandler(Say(Processing));
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var state in Images(handler).ResumeJob("job_3fW8").WatchAsync().WithCancellation(cancellation.Token))
            {
                Assert.Fail($"It was not cancelled: {state.Status}.");
            }
        });
    }

    [Fact]
    public void Watch_WithWrongOptions_IsAnArgumentErrorAtOnce()
    {
        var job = new ImageJob(Substitute.For<ImagesClient>(), "job_3fW8");

        Assert.Throws<ArgumentException>("waitOptions", () => job.WatchAsync(new ImageJobWaitOptions { MaxDelay = TimeSpan.Zero }));
    }

    [Fact]
    public async Task Wait_WithWrongOptions_IsAnArgumentError()
    {
        var job = new ImageJob(Substitute.For<ImagesClient>(), "job_3fW8");

        await Assert.ThrowsAsync<ArgumentException>("waitOptions", () => job.WaitAsync(waitOptions: new ImageJobWaitOptions { Timeout = TimeSpan.Zero }));
    }

    [Fact]
    public void Resume_OfAJob_SendsNothing()
    {
        using var handler = new ScriptedHandler(Say(Completed));

        var job = handler.CreateClient().Images.ResumeJob("job_3fW8");

        Assert.Equal("job_3fW8", job.Id);
        Assert.Null(job.Status);
        Assert.Null(job.Latest);
        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task Wait_FakeOnlyReturnsStates_Works()
    {
        var images = Substitute.For<ImagesClient>();
        images.GetJobAsync("job_3fW8", Arg.Any<CCApiRequestOptions?>(), Arg.Any<CancellationToken>()).Returns(State(Processing), State(Completed));

        var result = await new ImageJob(images, "job_3fW8").WaitAsync(waitOptions: new ImageJobWaitOptions { MaxDelay = TimeSpan.FromTicks(1) });

        Assert.Single(result.Data!);
    }

    [Theory]
    [InlineData("""{"id":"job_1","poll_url":"/v1/images/jobs/job_2"}""", "job_1")]
    [InlineData("""{"poll_url":"/v1/images/jobs/job_2"}""", "job_2")]
    [InlineData("""{"id":" ","poll_url":"/v1/images/jobs/job_2"}""", "job_2")]
    [InlineData("""{"status":"completed"}""", null)]
    public void Create_OfAResponse_FindsTheId(string json, string? expected)
    {
        var job = new ImageJob(Substitute.For<ImagesClient>(), Wire.Read<MultimodalImageGenerationResponse>(json));

        Assert.Equal(expected, job.Id);
    }

    [Fact]
    public async Task Wait_ForAJobWithoutAnId_SaysThatNobodyCanAsk()
    {
        using var handler = new ScriptedHandler(Say(Completed));
        var job = new ImageJob(Images(handler), Wire.Read<MultimodalImageGenerationResponse>("""{"status":"pending"}"""));

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => job.WaitAsync());

        Assert.Equal("The gateway returned neither images nor an id for the job, so its state cannot be polled.", exception.Message);
        Assert.Empty(_time.Waits);
    }

    [Theory]
    [InlineData("/v1/tasks/7?full=1", "https://api.ccapi.ai/v1/tasks/7?full=1")]
    [InlineData("tasks/7", "https://api.ccapi.ai/v1/tasks/7")]
    [InlineData("https://api.ccapi.ai/v1/tasks/7", "https://api.ccapi.ai/v1/tasks/7")]
    [InlineData("https://evil.example.com/v1/images/jobs/j", "https://api.ccapi.ai/v1/images/jobs/j")]
    public async Task Wait_ForAJobWithOnlyAPollUrl_AsksTheGatewayItself(string pollUrl, string asked)
    {
        using var handler = new ScriptedHandler(Say(Completed));
        var job = new ImageJob(Images(handler), Wire.Read<MultimodalImageGenerationResponse>($$"""{"status":"pending","poll_url":"{{pollUrl}}"}"""));

        await job.WaitAsync();

        Assert.Equal([$"GET {asked}"], handler.Sent);
    }

    [Theory]
    [InlineData("https://evil.example.com/v1/tasks/7")]
    [InlineData("http://api.ccapi.ai/v1/tasks/7")]
    [InlineData("https://api.ccapi.ai:8443/v1/tasks/7")]
    [InlineData("https://api.ccapi.ai/admin")]
    [InlineData("/v1/../admin")]
    public async Task Wait_ForAJobWithOnlyAPollUrlElsewhere_AsksNobody(string pollUrl)
    {
        using var handler = new ScriptedHandler(Say(Completed));
        var job = new ImageJob(Images(handler), Wire.Read<MultimodalImageGenerationResponse>($$"""{"status":"pending","poll_url":"{{pollUrl}}"}"""));

        await Assert.ThrowsAsync<CCApiProtocolException>(() => job.WaitAsync());

        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task Wait_ForAJobStartedWithOptions_PollsWithThem()
    {
        using var handler = new ScriptedHandler(Say(Accepted, HttpStatusCode.Accepted), Say(Processing), Say(Completed));
        var options = new CCApiRequestOptions { ApiKey = "sk-of-a-tenant", IdempotencyKey = "once", Headers = { ["X-Tenant"] = "a" } };

        var job = await Images(handler).StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."), options);
        options.ApiKey = "sk-changed-later";
        options.Headers["X-Tenant"] = "b";
        await job.WaitAsync();

        Assert.Equal(3, handler.Headers.Count);
        Assert.All(handler.Headers, headers => Assert.Equal(("Bearer sk-of-a-tenant", "a"), (headers["Authorization"], headers["X-Tenant"])));
        Assert.Equal([true, false, false], handler.Headers.Select(headers => headers.ContainsKey("Idempotency-Key")));
    }

    [Fact]
    public async Task Wait_ForAJobResumedWithOptions_PollsWithThem()
    {
        using var handler = new ScriptedHandler(Say(Completed));
        var options = new CCApiRequestOptions { ApiKey = "sk-of-a-tenant" };
        var job = Images(handler).ResumeJob("job_3fW8", options);
        options.ApiKey = null;

        await job.WaitAsync();

        Assert.Equal("Bearer sk-of-a-tenant", handler.Headers[0]["Authorization"]);
    }

    [Fact]
    public async Task Wait_ForAJobWithOnlyAPollUrl_PollsWithTheOptionsOfItsStart()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("""{"status":"pending","poll_url":"/v1/tasks/7"}"""), Say(Completed));

        await Images(handler).GenerateAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."), new CCApiRequestOptions { ApiKey = "sk-of-a-tenant" });

        Assert.Equal("GET https://api.ccapi.ai/v1/tasks/7", handler.Sent[1]);
        Assert.Equal("Bearer sk-of-a-tenant", handler.Headers[1]["Authorization"]);
    }

    [Fact]
    public async Task Wait_WithOptionsThatAreChangedMeanwhile_KeepsThoseItBeganWith()
    {
        using var handler = new ScriptedHandler(Say(Processing), Say(Processing), Say(Completed));
        var options = new ImageJobWaitOptions { MaxDelay = TimeSpan.FromSeconds(2) };
        var states = Images(handler).ResumeJob("job_3fW8").WatchAsync(options);
        options.MaxDelay = TimeSpan.Zero;

        await StatusesAsync(states);

        Assert.All(_time.Waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task Wait_WhoseClientIsDisposedDuringAPause_EndsAtOnce()
    {
        using var handler = new ScriptedHandler(Say(Processing));
        var client = handler.CreateClient(options => options.TimeProvider = new TestClock());
        var waiting = new ImageJob(client.Images, State(Accepted)).WaitAsync();

        client.Dispose();

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(waiting));
        Assert.Equal("CCApiClient was disposed during the wait for the job. It continues: resume it with ImagesClient.ResumeJob(\"job_3fW8\").", exception.Message);
        Assert.Empty(handler.Sent);
    }

    [Fact]
    public void Create_OfNothing_IsAnArgumentError()
    {
        var images = Substitute.For<ImagesClient>();

        Assert.Throws<ArgumentNullException>("images", () => new ImageJob(null!, "job_3fW8"));
        Assert.Throws<ArgumentNullException>("id", () => new ImageJob(images, (string)null!));
        Assert.Throws<ArgumentException>("id", () => new ImageJob(images, " "));
        Assert.Throws<ArgumentNullException>("answer", () => new ImageJob(images, (MultimodalImageGenerationResponse)null!));
    }

    private static Func<HttpResponseMessage> Say(string state, HttpStatusCode status = HttpStatusCode.OK) => ScriptedHandler.Json(Json(state), status);

    private static Func<HttpResponseMessage> Fail(int status) => ScriptedHandler.Json("""{"error":{"message":"no"}}""", (HttpStatusCode)status);

    private static MultimodalImageGenerationResponse State(string state) => Wire.Read<MultimodalImageGenerationResponse>(Json(state));

    private static string Json(string state) => Example.Load($"MultimodalImageGenerationResponse.{state}.json").Documents[0].Json;

    private static async Task<HttpResponseMessage> Hang(TaskCompletionSource<bool> asked, CancellationToken token)
    {
        asked.SetResult(true);
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException();
    }

    private static async Task<List<string?>> StatusesAsync(IAsyncEnumerable<MultimodalImageGenerationResponse> states)
    {
        var seen = new List<string?>();
        await foreach (var state in states)
        {
            seen.Add(state.Status?.Value);
        }

        return seen;
    }

    private ImagesClient Images(ScriptedHandler handler, Action<CCApiClientOptions>? configure = null) => handler.CreateClient(options =>
    {
        options.TimeProvider = _time;
        configure?.Invoke(options);
    }).Images;

    private Task<ImageJob> StartAsync(ScriptedHandler handler) =>
        Images(handler).StartAsync(new MultimodalImageGenerationRequest { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox." }] });

    /// <summary>Progress that is reported at once, not on another thread as <see cref="Progress{T}"/> is.</summary>
    private sealed class Collector : IProgress<MultimodalImageGenerationResponse>
    {
        public List<string?> Seen { get; } = [];

        public void Report(MultimodalImageGenerationResponse value) => Seen.Add(value.Status?.Value);
    }
}
