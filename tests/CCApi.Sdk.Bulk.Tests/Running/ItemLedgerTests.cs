using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests.Running;

/// <summary>What each kind of item leaves in the ledger, and what a resumed run makes of it.</summary>
public sealed class ItemLedgerTests : IDisposable
{
    private const string Unauthorized = """{"error":{"message":"Invalid key","type":"authentication_error","code":"invalid_api_key"}}""";

    private const string JobFailed = """{"id":"job-1","status":"failed","error":{"message":"content policy"}}""";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> AllKinds => Kinds.All;

    private string Ledger => _folder.At("run.ledger");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task ResumedRun_ThatIsCanceled_LeavesWhatIsDone(string kind)
    {
        var gateway = Kinds.Gateway(kind);
        using var client = gateway.Client();
        var ids = Kinds.Ids(100);
        await RunAsync(client, Kinds.Items(kind, ids));

        for (var i = 0; i < 5; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var outcomes = new List<BulkOutcome>();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                var options = Options();
                options.InitialConcurrency = 64;
                await foreach (var outcome in new BulkRunner(client, options).RunAsync(
                    Kinds.Items(kind, ids), cancellationToken: cancellation.Token))
                {
                    outcomes.Add(outcome);
                    await cancellation.CancelAsync();
                }
            });
            Assert.All(outcomes, outcome => Assert.Equal(BulkStatus.Done, outcome.Status));
        }

        Assert.All(BulkLedger.Read(Ledger), entry => Assert.Equal(BulkStatus.Done, entry.Status));
        await RunAsync(client, Kinds.Items(kind, ids));
        Assert.Equal(100, gateway.Sent.Count);
    }

    [Fact]
    public async Task ResumedRun_ThatIsCanceled_LeavesJobsAndWhatIsInDoubt()
    {
        var gateway = Kinds.Gateway("image");
        using var client = gateway.Client();
        var ledger = LedgerWriter.Open(Ledger);
        await ledger.RunAsync(file => file.SetSent("doubt", new byte[16], charge: 0.5m));
        await ledger.RunAsync(file => file.SetSent("job", new byte[16], charge: 0.5m));
        await ledger.RunAsync(file => file.SetJob("job", "job-7"));
        await ledger.DisposeAsync();
        var before = Entries();

        await CanceledAsync(client, Options(), Kinds.Items("image", "doubt", "job", "other"));

        Assert.Equal(before, Entries());
        Assert.Empty(gateway.Sent);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task ResumedRun_OfAResultThatCannotBeRead_LeavesIt(string kind)
    {
        var gateway = Kinds.Gateway(kind);
        using var client = gateway.Client();
        await RunAsync(client, Kinds.Items(kind, "a"));
        var ledger = LedgerWriter.Open(Ledger);
        await ledger.RunAsync(file => file.Execute("UPDATE item SET response = '['"));
        await ledger.DisposeAsync();

        var outcome = Assert.Single(await RunAsync(client, Kinds.Items(kind, "a")));
        await RunAsync(client, Kinds.Items(kind, "a"));

        Assert.Equal((BulkStatus.Failed, true, "["), (outcome.Status, outcome.IsFromLedger, outcome.ResponseJson));
        Assert.StartsWith(
            "The ledger holds the result of a, but it cannot be read: ", Assert.IsType<BulkItemException>(outcome.Error).Message, StringComparison.Ordinal);
        Assert.Equal(BulkStatus.Done, Assert.Single(BulkLedger.Read(Ledger)).Status);
        Assert.Single(gateway.Sent);
    }

    [Fact]
    public async Task ResumedRun_OfAnotherType_RejectsItAndLeavesTheResult()
    {
        var gateway = Kinds.Gateway("structured");
        using var client = gateway.Client();
        await RunAsync(client, Of(Kinds.Structured("a", Kinds.KindsJson.Default.One)));

        var other = Assert.Single(await RunAsync(client, Of(Kinds.Structured("a", Kinds.KindsJson.Default.Two))));
        var again = Assert.Single(await RunAsync(client, Of(Kinds.Structured("a", Kinds.KindsJson.Default.One))));

        Assert.Equal("The ledger holds another request under the id a: use another id, or another ledger.", other.Error!.Message);
        Assert.Equal((BulkStatus.Done, new Kinds.One(1)), (again.Status, again.GetValue<Kinds.One>()));
        Assert.Single(gateway.Sent);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Run_OfAJobThatCannotBePolled_KeepsItAndBuysNoOther(int status)
    {
        var gateway = Kinds.Gateway("image");
        gateway.Poll = _ => FakeGateway.Json(status, Unauthorized);
        using var client = gateway.Client();
        var canceled = status == 503;

        if (canceled)
        {
            // The client polls again by itself.
            await CanceledAsync(client, Options(), Kinds.Items("image", "fox"), () => gateway.Polls > 0);
        }
        else
        {
            var outcome = Assert.Single(await RunAsync(client, Kinds.Items("image", "fox")));
            Assert.Equal((BulkStatus.InDoubt, "job-1"), (outcome.Status, outcome.JobId));
        }

        var entry = Assert.Single(BulkLedger.Read(Ledger));
        gateway.Poll = _ => null;
        var resumed = Assert.Single(await RunAsync(client, Kinds.Items("image", "fox"), options => options.InDoubt = InDoubtAction.Resend));

        Assert.Equal((BulkStatus.InDoubt, "job-1"), (entry.Status, entry.JobId));
        Assert.Equal((BulkStatus.Done, "job-1"), (resumed.Status, resumed.JobId));
        Assert.Single(gateway.Sent);
    }

    [Fact]
    public async Task ResumedRun_OfAJobThatFailed_FailsItAndTheNextRunStartsAnother()
    {
        var gateway = Kinds.Gateway("image");
        gateway.Poll = _ => FakeGateway.Json(401, Unauthorized);
        using var client = gateway.Client();
        await RunAsync(client, Kinds.Items("image", "fox"));
        gateway.Poll = _ => FakeGateway.Json(200, JobFailed);

        var failed = Assert.Single(await RunAsync(client, Kinds.Items("image", "fox")));
        var entry = Assert.Single(BulkLedger.Read(Ledger));
        gateway.Hangs = _ => true;
        await CanceledAsync(client, Options(), Kinds.Items("image", "fox"), () => gateway.Sent.Count == 2);
        var again = Assert.Single(BulkLedger.Read(Ledger));

        Assert.Equal((BulkStatus.Failed, "job-1"), (failed.Status, failed.JobId));
        Assert.IsType<ImageJobFailedException>(failed.Error);
        Assert.Equal((BulkStatus.Failed, "job-1"), (entry.Status, entry.JobId));

        // The second sending has no known job: the first one does not stand for it.
        Assert.Equal((BulkStatus.InDoubt, null), (again.Status, again.JobId));
    }

    [Fact]
    public async Task Run_OfAJobThatFails_IsFailed()
    {
        var gateway = Kinds.Gateway("image");
        gateway.Poll = _ => FakeGateway.Json(200, JobFailed);
        using var client = gateway.Client();

        var outcome = Assert.Single(await RunAsync(client, Kinds.Items("image", "fox")));

        Assert.Equal((BulkStatus.Failed, null), (outcome.Status, outcome.Cost));
        Assert.Equal(BulkStatus.Failed, Assert.Single(BulkLedger.Read(Ledger)).Status);
    }

    [Fact]
    public async Task Run_OfARefusalWithoutACost_IsFailed()
    {
        var gateway = new FakeGateway((_, _) => FakeGateway.Json(
            200, """{"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I can't."},"finish_reason":"stop"}]}"""));
        using var client = gateway.Client();

        var outcome = Assert.Single(await RunAsync(client, Kinds.Items("structured", "a")));

        Assert.Equal((BulkStatus.Failed, null), (outcome.Status, outcome.Cost));
        Assert.Equal(BulkStatus.Failed, Assert.Single(BulkLedger.Read(Ledger)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_OfChargedFailures_CountsThemInEachRun(bool hasBudget)
    {
        var unlike = FakeGateway.Completion;
        var gateway = new FakeGateway((_, _) => FakeGateway.Json(200, unlike));
        using var client = gateway.Client();
        BulkProgress? progress = null;
        Action<BulkOptions> configure = options =>
        {
            options.Budget = hasBudget ? new CCApiBudget(2m) { UnknownPriceReservation = 0.25m } : null;
            options.Progress = new Reports(report => progress = report);
        };

        var first = Assert.Single(await RunAsync(client, Kinds.Items("structured", "a"), configure));
        var second = Assert.Single(await RunAsync(client, Kinds.Items("structured", "a"), configure));

        // Each run sends the request twice, because the first response is not of the type.
        Assert.Equal((BulkStatus.Failed, 0.5m), (first.Status, first.Cost));
        Assert.Equal((BulkStatus.Failed, 1m), (second.Status, second.Cost));
        var entry = Assert.Single(BulkLedger.Read(Ledger));
        Assert.Equal((1m, 1m), (entry.Cost, entry.Charge));
        Assert.Equal((1m, "USD", 1m), (progress!.Cost, progress.Currency, client.Costs.GetSnapshot().Total.AmountIn()));
    }

    [Fact]
    public async Task Run_OfACharged429_AddsItToTheResult()
    {
        const string Charged = """{"error":{"message":"slow","type":"rate_limit_error"},"usage":{"cost":0.25}}""";
        var gateway = new FakeGateway((_, call) => call == 1 ? FakeGateway.Json(429, Charged) : null);
        using var client = gateway.Client();
        BulkProgress? progress = null;

        var outcome = Assert.Single(await RunAsync(
            client, Kinds.Items("chat", "a"), options => options.Progress = new Reports(report => progress = report)));

        var entry = Assert.Single(BulkLedger.Read(Ledger));
        Assert.Equal((0.5m, 0.5m, 0.5m, 0.5m), (outcome.Cost, entry.Cost, entry.Charge, progress!.Cost));
    }

    [Theory]
    [InlineData("speech", """{"b64_audio":"SUQzBAAAAAAAAA==","credits_charged":40}""")]
    [InlineData("legacy", """{"created":1,"data":[{"b64_json":"iVBORw0KGgo="}],"credits_charged":40}""")]
    [InlineData("image", """{"created":1,"data":[{"b64_json":"iVBORw0KGgo="}],"credits_charged":40}""")]
    public async Task Run_OfCredits_HasTheirUnit(string kind, string response)
    {
        var gateway = new FakeGateway((_, _) => FakeGateway.Json(200, response));
        using var client = gateway.Client();
        using var converting = gateway.Client(options => options.CreditValue = 0.01m);
        BulkProgress? progress = null;
        Action<BulkOptions> configure = options => options.Progress = new Reports(report => progress = report);

        var credits = Assert.Single(await RunAsync(client, Kinds.Items(kind, "a"), configure));
        var (all, currency) = (progress!.Cost, progress.Currency);
        var dollars = Assert.Single(await RunAsync(converting, Kinds.Items(kind, "b"), configure));

        Assert.Equal((40m, "credits", 40m, "credits"), (credits.Cost, credits.Currency, all, currency));
        Assert.Equal((0.4m, "USD", 0.4m, "USD"), (dollars.Cost, dollars.Currency, progress.Cost, progress.Currency));
        Assert.Equal(["credits", "USD"], BulkLedger.Read(Ledger).Select(entry => entry.Currency));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task ResumedRun_WhoseBudgetIsUsedUp_ReturnsWhatIsPaid(string kind)
    {
        var gateway = Kinds.Gateway(kind);
        using var client = gateway.Client();
        Action<BulkOptions> configure = options => options.Budget = new CCApiBudget(0.5m) { UnknownPriceReservation = 0.25m };
        await RunAsync(client, Kinds.Items(kind, "a", "b"), configure);

        var outcomes = await RunAsync(client, Kinds.Items(kind, "c", "a", "d", "b"), configure);

        var byId = outcomes.ToDictionary(outcome => outcome.Id, outcome => outcome.Status);
        Assert.Equal((BulkStatus.Done, BulkStatus.Done), (byId["a"], byId["b"]));
        Assert.Equal((BulkStatus.NotSent, BulkStatus.NotSent), (byId["c"], byId["d"]));
        Assert.Equal(2, gateway.Sent.Count);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(400)]
    public async Task Resend_ThatFails_StaysInDoubt(int status)
    {
        var gateway = new FakeGateway((_, _) => FakeGateway.Json(status, FakeGateway.Busy)) { Hangs = _ => true };
        using var client = gateway.Client();
        await CanceledAsync(client, Options(), Kinds.Items("chat", "a"), () => gateway.Sent.Count == 1);
        gateway.Hangs = _ => false;

        var outcome = Assert.Single(await RunAsync(client, Kinds.Items("chat", "a"), options =>
        {
            options.InDoubt = InDoubtAction.Resend;
            options.RoundDelay = TimeSpan.Zero;
        }));
        var sent = gateway.Sent.Count;
        await RunAsync(client, Kinds.Items("chat", "a"));

        Assert.Equal(BulkStatus.InDoubt, outcome.Status);
        Assert.Equal(sent, gateway.Sent.Count);
    }

    [Fact]
    public async Task Resend_ThatDoesNotFitIntoABudget_StaysInDoubt()
    {
        var gateway = FakeGateway.Good();
        gateway.Hangs = _ => true;
        using var client = gateway.Client();
        await CanceledAsync(client, Options(), Kinds.Items("chat", "a"), () => gateway.Sent.Count == 1);

        var outcome = Assert.Single(await RunAsync(client, Kinds.Items("chat", "a"), options =>
        {
            options.InDoubt = InDoubtAction.Resend;
            options.Budget = new CCApiBudget(0m) { UnknownPriceReservation = 0.25m };
        }));

        Assert.Equal(BulkStatus.NotSent, outcome.Status);
        Assert.Equal(BulkStatus.InDoubt, Assert.Single(BulkLedger.Read(Ledger)).Status);
    }

    private static async Task CanceledAsync(
        CCApiClient client, BulkOptions options, IAsyncEnumerable<BulkItem> items, Func<bool>? when = null)
    {
        using var cancellation = new CancellationTokenSource();
        if (when is null)
        {
            await cancellation.CancelAsync();
        }

        var run = new BulkRunner(client, options).RunAsync(items, cancellationToken: cancellation.Token).ToListAsync();
        await Runs.WaitForAsync(() => when is null || when());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static async IAsyncEnumerable<BulkItem> Of(BulkItem item)
    {
        await Task.CompletedTask;
        yield return item;
    }

    private BulkOptions Options() => new() { LedgerPath = Ledger };

    private List<(string Id, BulkStatus? Status, string? Job, string? Error)> Entries() =>
        [.. BulkLedger.Read(Ledger).Select(entry => (entry.Id, entry.Status, entry.JobId, entry.Error))];

    private async Task<List<BulkOutcome>> RunAsync(
        CCApiClient client, IAsyncEnumerable<BulkItem> items, Action<BulkOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        return await new BulkRunner(client, options).RunAsync(items).ToListAsync();
    }
}
