using System;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Emulator.Tests.Faults;

public class EmulatorFaultsTests
{
    [Fact]
    public async Task Add_OfAFault_MeetsOneRequest()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(500));

        var responses = new[] { (await world.ChatAsync("Hello")).Status, (await world.ChatAsync("Hello")).Status };

        Assert.Equal([500, 200], responses);
    }

    [Fact]
    public async Task Add_SeveralTimes_MeetsSoManyRequests()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(500), times: 2);

        var response = await world.Client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hello", cancellationToken: World.Token);

        Assert.Equal(3, response.Info!.Attempts.Count);
    }

    [Fact]
    public async Task Add_OfSeveralFaults_MeetsRequestsInThatOrder()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(500));
        world.Emulator.Faults.Add(fault: null);
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(502));

        var responses = new[] { (await world.ChatAsync("1")).Status, (await world.ChatAsync("2")).Status, (await world.ChatAsync("3")).Status };

        Assert.Equal([500, 200, 502], responses);
    }

    [Fact]
    public async Task Add_WithAPath_PassesOtherRequestsOver()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(500), path: "/chat/completions");

        var responses = new[] { (await world.GetAsync("models")).Status, (await world.ChatAsync("Hello")).Status };

        Assert.Equal([200, 500], responses);
    }

    [Fact]
    public async Task Add_OfAReset_IsRetriedForAReadingCall()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.Reset));

        var models = await world.Client.Catalog.ListModelsAsync(cancellationToken: World.Token);

        Assert.Equal(2, models.Info!.Attempts.Count);
    }

    [Fact]
    public async Task Add_OfAPageForAStream_IsAProtocolException()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.Html));
        await using var stream = world.Client.Chat.StreamAsync("openai/gpt-4o-mini", "Hello", cancellationToken: World.Token);

        await Assert.ThrowsAsync<CCApiProtocolException>(() => stream.GetResponseAsync(World.Token));
    }

    [Fact]
    public void Add_ZeroTimes_Throws()
    {
        var faults = new EmulatorFaults();

        Assert.Throws<ArgumentOutOfRangeException>(() => faults.Add(EmulatorFault.WithStatus(500), times: 0));
    }

    [Fact]
    public void Clear_OfAScript_LeavesNothing()
    {
        var faults = new EmulatorFaults();
        faults.Add(EmulatorFault.WithStatus(500), times: 3);

        faults.Clear();

        Assert.Null(faults.Next("/models", model: null));
    }

    [Theory]
    [InlineData("emulator/reset", EmulatorFaultKind.Reset)]
    [InlineData("emulator/cut", EmulatorFaultKind.Cut)]
    [InlineData("emulator/stall", EmulatorFaultKind.Stall)]
    [InlineData("emulator/html", EmulatorFaultKind.Html)]
    [InlineData("emulator/hidden", EmulatorFaultKind.Hidden)]
    [InlineData("emulator/truncated", EmulatorFaultKind.Truncated)]
    [InlineData("Emulator/Status-503", EmulatorFaultKind.Status)]
    public void OfModel_WithAFault_IsThatFault(string model, EmulatorFaultKind kind)
    {
        var fault = EmulatorFaults.OfModel(model);

        Assert.Equal(kind, fault?.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("openai/gpt-4o-mini")]
    [InlineData("emulator/")]
    [InlineData("emulator/3")]
    [InlineData("emulator/77")]
    [InlineData("emulator/reset,cut")]
    [InlineData("emulator/ reset")]
    [InlineData("emulator/status")]
    [InlineData("emulator/status-200")]
    [InlineData("emulator/status-600")]
    [InlineData("emulator/status-x")]
    [InlineData("emulator/job-failed")]
    [InlineData("emulator/re-set")]
    public void OfModel_WithoutAFault_IsNull(string? model)
    {
        var fault = EmulatorFaults.OfModel(model);

        Assert.Null(fault);
    }

    [Theory]
    [InlineData("emulator/job-failed", EmulatorFaultKind.JobFailed)]
    [InlineData("emulator/job-cancelled", EmulatorFaultKind.JobCancelled)]
    [InlineData("emulator/job-expired", EmulatorFaultKind.JobExpired)]
    [InlineData("Emulator/Job-Unknown", EmulatorFaultKind.JobUnknown)]
    [InlineData("emulator/jobfailed", null)]
    [InlineData("emulator/reset", null)]
    [InlineData("imaginepro/nano-banana", null)]
    public void OfJobModel_OfAModel_IsTheFaultOfAJob(string model, EmulatorFaultKind? kind) => Assert.Equal(kind, EmulatorFaults.OfJobModel(model)?.Kind);

    [Fact]
    public void Next_OfAScriptWithAFaultOfAJob_PassesItOver()
    {
        var faults = new EmulatorFaults();
        faults.Add(new EmulatorFault(EmulatorFaultKind.JobFailed));
        faults.Add(EmulatorFault.WithStatus(500));

        Assert.Equal(EmulatorFaultKind.Status, faults.Next("/images/generate", model: null)?.Kind);
        Assert.Equal(EmulatorFaultKind.JobFailed, faults.NextOfJob("/images/generate", model: null)?.Kind);
        Assert.Null(faults.NextOfJob("/images/generate", model: null));
    }

    [Theory]
    [InlineData("audio/speech", """{"model":"emulator/status-500","input":"Hello"}""")]
    [InlineData("images/generations", """{"model":"emulator/status-500","prompt":"A fox"}""")]
    [InlineData("images/generate", """{"model":"emulator/status-500","contents":[{"text":"A fox"}]}""")]
    public async Task Model_OfAFault_FailsInEveryOperation(string path, string body)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(path, body);

        Assert.Equal(500, response.Status);
    }
}
