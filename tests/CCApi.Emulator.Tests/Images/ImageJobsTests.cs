using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class ImageJobsTests
{
    private const string Small = """{"width":64,"height":48,"seed":7}""";

    [Fact]
    public async Task Start_OfAJob_Answers202AndWhereToAsk()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small));

        Assert.Equal((202, "pending", 1.0), (response.Status, response.Json["status"]!.GetValue<string>(), response.Json["estimated_time"]!.GetValue<double>()));
        Assert.Equal($"/v1/images/jobs/{response.Json["id"]}", response.Json["poll_url"]!.GetValue<string>());
    }

    [Fact]
    public async Task Start_OfManyLargeJobs_ForgetsTheOldest()
    {
        await using var world = await World.StartAsync();
        var prompt = new string('x', 45_000_000);
        var first = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small));

        for (var i = 0; i < 3; i++)
        {
            using var content = new StringContent(Body.Multimodal($"{prompt}{i}", Small), Encoding.UTF8, "application/json");
            using var response = await world.Http.PostAsync(new Uri("images/generate", UriKind.Relative), content, World.Token);
            Assert.Equal(202, (int)response.StatusCode);
        }

        Assert.Equal(404, (await world.GetAsync($"images/jobs/{first.Json["id"]}")).Status);
    }

    [Fact]
    public async Task Start_WithALongWebhookUrl_Is400()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(
            "images/generate", $$"""{"contents":[{"text":"A fox"}],"webhook_url":"http://127.0.0.1/{{new string('x', 8192)}}"}""");

        Assert.Equal((400, "webhook_url"), (response.Status, response.Error["param"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Start_WithALongIdempotencyKey_Is400()
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("images/generate", UriKind.Relative));
        request.Headers.Add("Idempotency-Key", new string('k', 1025));
        request.Content = new StringContent(Body.Multimodal("A fox", Small), Encoding.UTF8, "application/json");

        var response = await world.SendAsync(request);

        Assert.Equal((400, "Idempotency-Key"), (response.Status, response.Error["param"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(0, "pending", 0)]
    [InlineData(249, "pending", 0)]
    [InlineData(250, "processing", 0)]
    [InlineData(999, "processing", 0)]
    [InlineData(1000, "completed", 1)]
    [InlineData(90_000, "completed", 1)]
    public async Task Get_OfAJob_GoesThroughItsStages(int milliseconds, string status, int images)
    {
        await using var world = await World.StartAsync();
        var started = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small));

        world.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        var state = await world.GetAsync($"images/jobs/{started.Json["id"]}");

        Assert.Equal((200, status, images), (state.Status, state.Json["status"]!.GetValue<string>(), state.Json["data"]!.AsArray().Count));
    }

    [Fact]
    public async Task Get_OfACompletedJob_PointsToItsImage()
    {
        await using var world = await World.StartAsync();
        var started = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small));
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var image = (await world.GetAsync($"images/jobs/{started.Json["id"]}")).Json["data"]![0]!;
        var png = PngFile.Read((await world.GetAsync(image["url"]!.GetValue<string>())).Bytes);

        Assert.Equal((64, 48, 7), (png.Width, png.Height, image["seed"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Get_OfACompletedJobTwice_GivesTheSameImage()
    {
        await using var world = await World.StartAsync();
        var started = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small));
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var states = new[] { await world.GetAsync($"images/jobs/{started.Json["id"]}"), await world.GetAsync($"images/jobs/{started.Json["id"]}") };

        Assert.Equal(states[0].Text, states[1].Text);
    }

    [Fact]
    public async Task Get_OfAnUnknownJob_Is404()
    {
        await using var world = await World.StartAsync();

        var response = await world.GetAsync("images/jobs/job_none");

        Assert.Equal((404, "not_found"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Start_WithoutAnIdempotencyKey_IsANewJobEachTime()
    {
        await using var world = await World.StartAsync();

        var jobs = new[] { await world.PostAsync("images/generate", Body.Multimodal("A fox", Small)), await world.PostAsync("images/generate", Body.Multimodal("A fox", Small)) };

        Assert.Equal(2, jobs.Select(job => job.Json["id"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public async Task Start_WithTheSameIdempotencyKey_IsTheSameJob()
    {
        await using var world = await World.StartAsync();

        var first = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small), "key-1");
        world.Time.Advance(TimeSpan.FromSeconds(0.5));
        var again = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small), "key-1");

        Assert.Equal((first.Json["id"]!.GetValue<string>(), "processing"), (again.Json["id"]!.GetValue<string>(), again.Json["status"]!.GetValue<string>()));
        Assert.Single(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Start_OfAJobThatTakesNoTime_Answers200WithTheImages()
    {
        await using var world = await World.StartAsync(options => options.JobDuration = TimeSpan.Zero);

        var response = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small));

        Assert.Equal((200, "completed", 1), (response.Status, response.Json["status"]!.GetValue<string>(), response.Json["data"]!.AsArray().Count));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(4, 6)]
    [InlineData(9.5, 0.5)]
    public async Task Get_OfARunningJob_EstimatesWhatIsLeft(double elapsed, double left)
    {
        await using var world = await World.StartAsync(options => options.JobDuration = TimeSpan.FromSeconds(10));
        var started = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small));

        world.Time.Advance(TimeSpan.FromSeconds(elapsed));
        var state = await world.GetAsync($"images/jobs/{started.Json["id"]}");

        Assert.Equal(left, state.Json["estimated_time"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("emulator/job-failed", "failed", "generation_failed")]
    [InlineData("emulator/job-cancelled", "cancelled", null)]
    [InlineData("Emulator/Job-Expired", "expired", null)]
    public async Task Get_JobThatFails_ReportsTheErrorAndRefundsTheCharge(string model, string status, string? code)
    {
        await using var world = await World.StartAsync();
        var started = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small, model));
        var spent = world.Emulator.Ledger.Spent;

        world.Time.Advance(TimeSpan.FromSeconds(1));
        var refunded = world.Emulator.Ledger.Charges.Single().IsRefunded;
        var state = await world.GetAsync($"images/jobs/{started.Json["id"]}");

        Assert.Equal((202, true, true), (started.Status, spent > 0, refunded));
        Assert.Equal((200, status, code), (state.Status, state.Json["status"]!.GetValue<string>(), state.Json["error"]?["code"]?.GetValue<string>()));
        Assert.Empty(state.Json["data"]!.AsArray());
        Assert.Equal((0m, 10m), (world.Emulator.Ledger.Spent, world.Emulator.Ledger.Balance));
    }

    [Fact]
    public async Task Get_OfAJobWithAnUndocumentedStatus_CompletesInTheEnd()
    {
        await using var world = await World.StartAsync();
        var started = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small, "emulator/job-unknown"));

        world.Time.Advance(TimeSpan.FromSeconds(0.5));
        var during = await world.Client.Images.GetJobAsync(started.Json["id"]!.GetValue<string>(), cancellationToken: World.Token);
        world.Time.Advance(TimeSpan.FromSeconds(0.5));
        var after = await world.GetAsync($"images/jobs/{started.Json["id"]}");

        Assert.Equal((JobStages.Undocumented, "completed"), (during.Status?.Value, after.Json["status"]!.GetValue<string>()));
        Assert.False(world.Emulator.Ledger.Charges.Single().IsRefunded);
    }

    [Fact]
    public async Task Start_WithAScriptedFault_FailsTheNextJobAndNothingElse()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.JobFailed), path: "/images/generate");

        var chat = await world.ChatAsync("Hello");
        var jobs = new[] { await world.PostAsync("images/generate", Body.Multimodal("A fox", Small)), await world.PostAsync("images/generate", Body.Multimodal("A fox", Small)) };
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var states = await Task.WhenAll(jobs.Select(job => world.GetAsync($"images/jobs/{job.Json["id"]}")));

        Assert.Equal(200, chat.Status);
        Assert.Equal(["failed", "completed"], states.Select(state => state.Json["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Start_AgainAfterAFailure_IsANewJob()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.JobFailed));
        var first = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small), "key-1");
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var second = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small), "key-1");

        Assert.Equal("pending", second.Json["status"]!.GetValue<string>());
        Assert.NotEqual(first.Json["id"]!.GetValue<string>(), second.Json["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Start_OfAFastModelThatFails_Answers200WithTheError()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.JobFailed));

        var response = await world.PostAsync("images/generate", Body.Multimodal("A fox", Small, "google/nano-banana"));

        Assert.Equal((200, "failed"), (response.Status, response.Json["status"]!.GetValue<string>()));
        Assert.Equal(0m, world.Emulator.Ledger.Spent);
    }

    [Fact]
    public async Task Get_OfAJobThatFailsThroughTheSdk_Throws()
    {
        await using var world = await World.StartAsync();
        var request = new MultimodalImageGenerationRequest { Model = "emulator/job-failed", Contents = [new MultimodalInputContent { Text = "A fox" }] };
        var job = await world.Client.Images.StartAsync(request, cancellationToken: World.Token);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var exception = await Record.ExceptionAsync(() => job.WaitAsync(cancellationToken: World.Token));

        Assert.Contains("asked to fail this job", Assert.IsType<ImageJobFailedException>(exception).Message, StringComparison.Ordinal);
    }
}
