using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Bulk.Tests.Support;
using CCApi.Sdk.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests;

public sealed partial class BulkRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Ledger => _folder.At("run.ledger");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_OfManyItems_HasOneOutcomeForEach()
    {
        var ids = Enumerable.Range(1, 500).Select(number => $"item-{number}").ToArray();
        using var client = FakeGateway.Good().Client();

        var outcomes = await new BulkRunner(client, Options()).RunAsync(Runs.Items(ids)).ToListAsync();

        Assert.Equal(ids.Order(), outcomes.Select(outcome => outcome.Id).Order());
        Assert.All(outcomes, outcome => Assert.Equal((BulkStatus.Done, "Hello!", 0.25m, 1), (outcome.Status, outcome.Text, outcome.Cost, outcome.Sendings)));
    }

    [Fact]
    public async Task RunAsync_OfAList_ReadsItAsItIsNeeded()
    {
        var read = 0;
        using var client = FakeGateway.Good().Client();

        var outcomes = new List<BulkOutcome>();
        await foreach (var outcome in new BulkRunner(client, Options()).RunAsync(Items()))
        {
            outcomes.Add(outcome);
            if (outcomes.Count == 3)
            {
                break;
            }
        }

        Assert.All(outcomes, outcome => Assert.Equal((BulkStatus.Done, "Hello!"), (outcome.Status, outcome.Text)));
        Assert.InRange(read, 3, 5_000);

        IEnumerable<BulkItem> Items()
        {
            for (; read < 100_000; read++)
            {
                yield return BulkItem.Chat($"item-{read}", "openai/gpt-4o-mini", "Hello");
            }
        }
    }

    [Fact]
    public async Task RunAsync_OfASourceThatBlocks_ReturnsWhatIsDone()
    {
        using var client = FakeGateway.Good().Client();

        // Whether the first item is there at once is a race, which many runs meet.
        for (var run = 0; run < 200; run++)
        {
            using var source = new BlockingCollection<BulkItem> { BulkItem.Chat("a", "openai/gpt-4o-mini", "Hello") };
            await using var outcomes = new BulkRunner(client, Options()).RunAsync(source.GetConsumingEnumerable()).GetAsyncEnumerator();

            Assert.True(await Task.Run(() => outcomes.MoveNextAsync().AsTask()).WaitAsync(TimeSpan.FromMinutes(1)));
            Assert.Equal("a", outcomes.Current.Id);

            source.CompleteAdding();
            Assert.False(await outcomes.MoveNextAsync());
        }
    }

    [Fact]
    public async Task RunAsync_OfAListThatIsLeftAndRunAgain_SendsEachItemOnce()
    {
        var isDisposed = false;
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();

        await foreach (var outcome in new BulkRunner(client, Options()).RunAsync(Items()))
        {
            break;
        }

        var isClosed = isDisposed;
        var again = await new BulkRunner(client, Options()).RunAsync(Items()).ToListAsync();

        Assert.True(isClosed);
        Assert.Equal(20, again.Count);
        Assert.Equal(20, gateway.Sent.Count);

        IEnumerable<BulkItem> Items()
        {
            try
            {
                for (var number = 0; number < 20; number++)
                {
                    yield return BulkItem.Chat($"item-{number}", "openai/gpt-4o-mini", "Hello");
                }
            }
            finally
            {
                isDisposed = true;
            }
        }
    }

    [Fact]
    public async Task RunAsync_OfAListWithNull_FailsThatItemOnly()
    {
        BulkItem[] items = [BulkItem.Chat("a", "openai/gpt-4o-mini", "Hello"), null!];
        using var client = FakeGateway.Good().Client();

        var outcomes = await new BulkRunner(client, Options()).RunAsync(items).ToListAsync();

        Assert.Equal([BulkStatus.Done, BulkStatus.Failed], outcomes.Select(outcome => outcome.Status).Order());
        Assert.IsType<BulkItemException>(outcomes.Single(outcome => outcome.Status == BulkStatus.Failed).Error);
    }

    [Fact]
    public async Task RunAsync_InOrder_ReturnsTheOrderOfTheItems()
    {
        var ids = Enumerable.Range(1, 200).Select(number => $"item-{number}").ToArray();
        var gateway = new FakeGateway((prompt, call) => prompt.EndsWith('7') && call == 1 ? FakeGateway.Json(503, FakeGateway.Busy) : null);
        using var client = gateway.Client();
        var options = Options();
        options.InOrder = true;
        options.RoundDelay = TimeSpan.FromMilliseconds(1);

        var outcomes = await new BulkRunner(client, options).RunAsync(Runs.Items(ids)).ToListAsync();

        Assert.Equal(ids, outcomes.Select(outcome => outcome.Id));
    }

    [Fact]
    public async Task RunAsync_OfErrorsThatPass_SendsInRoundsWithTheSameKey()
    {
        var gateway = new FakeGateway((_, call) => call < 3 ? FakeGateway.Json(503, FakeGateway.Busy) : null);
        using var client = gateway.Client();
        var options = Options();
        options.RoundDelay = TimeSpan.FromMilliseconds(1);

        var outcome = Assert.Single(await new BulkRunner(client, options).RunAsync(Runs.Items("a")).ToListAsync());

        Assert.Equal((BulkStatus.Done, 3), (outcome.Status, outcome.Sendings));
        Assert.Single(gateway.Sent.Select(sent => sent.Key).Distinct());
    }

    [Fact]
    public async Task RunAsync_OfErrorsThatDoNotPass_FailsAfterItsRounds()
    {
        var gateway = new FakeGateway((_, _) => FakeGateway.Json(503, FakeGateway.Busy));
        using var client = gateway.Client();
        var options = Options();
        options.RoundDelay = TimeSpan.Zero;
        options.MaxRounds = 2;

        var outcome = Assert.Single(await new BulkRunner(client, options).RunAsync(Runs.Items("a")).ToListAsync());

        Assert.Equal((BulkStatus.Failed, 2), (outcome.Status, outcome.Sendings));
        Assert.IsType<CCApiServerException>(outcome.Error);
    }

    [Fact]
    public async Task RunAsync_OfA429_IsNotARound()
    {
        var gateway = new FakeGateway((_, call) => call < 6 ? FakeGateway.Json(429, FakeGateway.Busy) : null);
        using var client = gateway.Client();
        var options = Options();
        options.MaxRounds = 1;

        var outcome = Assert.Single(await new BulkRunner(client, options).RunAsync(Runs.Items("a")).ToListAsync());

        Assert.Equal((BulkStatus.Done, 6), (outcome.Status, outcome.Sendings));
    }

    [Fact]
    public async Task RunAsync_OfAPageOfAProxy_IsInDoubtAndNotSentAgain()
    {
        var gateway = new FakeGateway((_, _) => new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway) { Content = new StringContent("<html>") });
        using var client = gateway.Client();

        var outcome = Assert.Single(await new BulkRunner(client, Options()).RunAsync(Runs.Items("a")).ToListAsync());
        var again = Assert.Single(await new BulkRunner(client, Options()).RunAsync(Runs.Items("a")).ToListAsync());

        Assert.Equal((BulkStatus.InDoubt, BulkStatus.InDoubt), (outcome.Status, again.Status));
        Assert.Single(gateway.Sent);
        Assert.StartsWith("It was sent by an earlier run and may have been charged.", again.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OfIdsWithAnyCharacters_ListsThemAndSkipsThemWhenResumed()
    {
        string[] ids = ["a\0b", "a\0c", "a\nb", "a\r\n", " a", "a\u00a0", "'; DROP TABLE item; --", "\ufeffa", "e\u0301", "\u00e9", "\ud83e\udd8a", "A", "a"];
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();

        var outcomes = await new BulkRunner(client, Options()).RunAsync(Runs.Items(ids)).ToListAsync();
        var again = await new BulkRunner(client, Options()).RunAsync(Runs.Items(ids)).ToListAsync();

        Assert.All(outcomes, outcome => Assert.Equal(BulkStatus.Done, outcome.Status));
        Assert.All(again, outcome => Assert.True(outcome.IsFromLedger));
        Assert.Equal(ids.Order(StringComparer.Ordinal), BulkLedger.Read(Ledger).Select(entry => entry.Id).Order(StringComparer.Ordinal));
        Assert.Equal(ids.Length, gateway.Sent.Select(sent => sent.Key).Distinct().Count());
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Id, System.Text.Json.JsonDocument.Parse(outcome.ToJson()).RootElement.GetProperty("custom_id").GetString()));
    }

    [Fact]
    public void Create_OfAnIdWithHalfACharacter_IsAnArgumentError()
    {
        // As UTF-8, all of them would be one id.
        var exception = Assert.Throws<ArgumentException>(() => BulkItem.Chat("a\ud83e", "m", "Hi"));

        Assert.StartsWith("The id has half of a surrogate pair", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Resumed_SkipsWhatIsDone()
    {
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();
        await new BulkRunner(client, Options()).RunAsync(Runs.Items("a", "b")).ToListAsync();

        var outcomes = await new BulkRunner(client, Options()).RunAsync(Runs.Items("a", "b", "c")).ToListAsync();

        Assert.Equal(3, gateway.Sent.Count);
        var recorded = outcomes.Single(outcome => outcome.Id == "a");
        Assert.Equal((BulkStatus.Done, "Hello!", 0.25m, true), (recorded.Status, recorded.Text, recorded.Cost, recorded.IsFromLedger));
    }

    [Fact]
    public async Task RunAsync_ResumedWithAnotherRequest_RejectsIt()
    {
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();
        await new BulkRunner(client, Options()).RunAsync(Runs.Items("a")).ToListAsync();

        var other = Of(BulkItem.Chat("a", "m", "Something else."));
        var outcome = Assert.Single(await new BulkRunner(client, Options()).RunAsync(other).ToListAsync());

        Assert.Equal(BulkStatus.Failed, outcome.Status);
        Assert.Equal("The ledger holds another request under the id a: use another id, or another ledger.", outcome.Error!.Message);
        Assert.Single(gateway.Sent);
    }

    [Fact]
    public async Task RunAsync_Canceled_LeavesWhatWasSentInDoubtAndResendsItWhenDemanded()
    {
        var gateway = FakeGateway.Good();
        gateway.Hangs = prompt => prompt == "slow";
        using var client = gateway.Client();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var outcome in new BulkRunner(client, Options()).RunAsync(Runs.Items("slow", "b"), cancellationToken: cancellation.Token))
            {
                cancellation.CancelAfter(outcome.Id == "b" ? 0 : Timeout.Infinite);
            }
        });
        var entry = BulkLedger.Read(Ledger).Single(entry => entry.Id == "slow");
        gateway.Hangs = _ => false;
        var resend = Options();
        resend.InDoubt = InDoubtAction.Resend;
        var resent = Assert.Single(await new BulkRunner(client, resend).RunAsync(Runs.Items("slow")).ToListAsync());

        Assert.Equal(BulkStatus.InDoubt, entry.Status);
        Assert.Equal(BulkStatus.Done, resent.Status);
        var keys = gateway.Sent.Where(sent => sent.Body.Contains("slow", StringComparison.Ordinal)).Select(sent => sent.Key).ToList();
        Assert.Equal([entry.IdempotencyKey, entry.IdempotencyKey], keys);
    }

    [Fact]
    public async Task RunAsync_Stopped_FinishesWhatIsUnderWayAndSendsNothingMore()
    {
        using var client = FakeGateway.Good().Client();
        using var stop = new CancellationTokenSource();
        var outcomes = new List<BulkOutcome>();

        await foreach (var outcome in new BulkRunner(client, Options()).RunAsync(Endless(), stop.Token))
        {
            outcomes.Add(outcome);
            if (outcomes.Count == 20)
            {
                await stop.CancelAsync();
            }
        }

        Assert.InRange(outcomes.Count, 20, 20 + 1024 + 64);
        Assert.Equal(outcomes.Count, BulkLedger.Read(Ledger).Count(entry => entry.Status == BulkStatus.Done));
    }

    [Fact]
    public async Task RunAsync_ThatIsLeft_RecordsWhatWasUnderWay()
    {
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();

        await foreach (var outcome in new BulkRunner(client, Options()).RunAsync(Endless()))
        {
            Assert.Equal(BulkStatus.Done, outcome.Status);
            break;
        }

        var entries = BulkLedger.Read(Ledger);
        Assert.All(entries, entry => Assert.Equal(BulkStatus.Done, entry.Status));
        Assert.Equal(gateway.Sent.Count, entries.Count);
    }

    [Fact]
    public async Task RunAsync_OfADuplicateId_RejectsTheSecondItem()
    {
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();

        var outcomes = await new BulkRunner(client, Options()).RunAsync(Runs.Items("a", "a")).ToListAsync();

        Assert.Equal([BulkStatus.Done, BulkStatus.Failed], outcomes.Select(outcome => outcome.Status).Order());
        Assert.Equal(
            "The id a was used by an earlier item of this run: give each item an id of its own.",
            outcomes.Single(outcome => outcome.Status == BulkStatus.Failed).Error!.Message);
        Assert.Single(gateway.Sent);
    }

    [Fact]
    public async Task RunAsync_OnALedgerInUse_IsRejected()
    {
        var gateway = FakeGateway.Good();
        gateway.Hangs = prompt => prompt == "slow";
        using var client = gateway.Client();
        using var cancellation = new CancellationTokenSource();
        var first = new BulkRunner(client, Options()).RunAsync(Runs.Items("slow"), cancellationToken: cancellation.Token).ToListAsync();
        await Runs.WaitForAsync(() => gateway.Sent.Count == 1);

        var exception = await Assert.ThrowsAsync<BulkLedgerException>(() => new BulkRunner(client, Options()).RunAsync(Runs.Items("b")).ToListAsync());

        Assert.Equal(BulkLedgerError.InUse, exception.Error);
        Assert.Equal($"The ledger {Ledger} is in use by another run: wait for its end, or use another path.", exception.Message);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task RunAsync_OfInputThatFails_ReturnsWhatWasSentAndThrows()
    {
        using var client = FakeGateway.Good().Client();
        var outcomes = new List<BulkOutcome>();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var outcome in new BulkRunner(client, Options()).RunAsync(Failing()))
            {
                outcomes.Add(outcome);
            }
        });

        Assert.Equal("The source is gone.", exception.Message);
        Assert.Equal(BulkStatus.Done, Assert.Single(outcomes).Status);
    }

    [Fact]
    public async Task RunAsync_OfStructuredOutput_HasTheValueNowAndFromTheLedger()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = emulator.CreateClient();
        var item = BulkItem.StructuredOutput(
            "recipe", new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("A recipe.")] }, Json.Default.Recipe);

        var first = Assert.Single(await new BulkRunner(client, Options()).RunAsync(Of(item)).ToListAsync());
        var again = Assert.Single(await new BulkRunner(client, Options()).RunAsync(Of(item)).ToListAsync());

        Assert.Null(first.Error);
        Assert.NotNull(first.GetValue<Recipe>().Title);
        Assert.Equal(first.GetValue<Recipe>(), again.GetValue<Recipe>());
        Assert.Equal(emulator.Ledger.Spent, first.Cost);
    }

    [Fact]
    public async Task RunAsync_OfSpeechAndImages_SavesThemAndKeepsTheLedgerSmall()
    {
        await using var emulator = await CCApiEmulator.StartAsync(
            new CCApiEmulatorOptions { JobDuration = TimeSpan.FromMilliseconds(50) }, TestContext.Current.CancellationToken);
        using var client = emulator.CreateClient();
        var options = Options();
        options.MediaFolder = _folder.At("media");
        BulkItem[] items =
        [
            BulkItem.Speech("welcome", new AudioSpeechRequest { Model = "elevenlabs/eleven_turbo_v2", Input = "Welcome.", Voice = "aria" }),
            BulkItem.Image("a/fox", MultimodalImageGenerationRequest.FromPrompt("A fox.")),
            BulkItem.Image("river", new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A river." }),
        ];

        var outcomes = await new BulkRunner(client, options).RunAsync(Of(items)).ToListAsync();
        var again = await new BulkRunner(client, options).RunAsync(Of(items)).ToListAsync();

        Assert.All(outcomes, outcome => Assert.True(outcome.Status == BulkStatus.Done && outcome.BookkeepingError is null, $"{outcome} {outcome.BookkeepingError}"));
        Assert.All(outcomes, outcome => Assert.True(new FileInfo(Assert.Single(outcome.Files)).Length > 0));
        Assert.Equal(outcomes.SelectMany(outcome => outcome.Files).Order(), again.SelectMany(outcome => outcome.Files).Order());
        Assert.Equal(3, emulator.Ledger.Count);
        Assert.All(BulkLedger.Read(Ledger), entry => Assert.DoesNotContain("b64_json\":\"", entry.ResponseJson!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OfAnImageJobThatWasStarted_WaitsForItAndStartsNoOther()
    {
        await using var emulator = await CCApiEmulator.StartAsync(
            new CCApiEmulatorOptions { JobDuration = TimeSpan.FromSeconds(2) }, TestContext.Current.CancellationToken);
        using var client = emulator.CreateClient();
        using var cancellation = new CancellationTokenSource();
        var item = BulkItem.Image("fox", MultimodalImageGenerationRequest.FromPrompt("A fox."));
        var run = new BulkRunner(client, Options()).RunAsync(Of(item), cancellationToken: cancellation.Token).ToListAsync();
        await Runs.WaitForAsync(() => emulator.Requests.Any(request => request.Method == "GET"));

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var entry = Assert.Single(BulkLedger.Read(Ledger));
        var outcome = Assert.Single(await new BulkRunner(client, Options()).RunAsync(Of(item)).ToListAsync());

        Assert.NotNull(entry.JobId);
        Assert.Equal((BulkStatus.Done, entry.JobId), (outcome.Status, outcome.JobId));
        Assert.Equal(1, emulator.Ledger.Count);
    }

    [Fact]
    public async Task RunFileAsync_OfBrokenLines_ReportsTheirNumbersAndRunsTheRest()
    {
        var path = _folder.At("in.jsonl");
        await File.WriteAllLinesAsync(
            path,
            [
                """{"custom_id":"a","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"a"}]}}""",
                """{"custom_id":"b","body":{""",
                "",
                """{"custom_id":"c","url":"/v1/embeddings","body":{}}""",
                """{"body":{"model":"m"}}""",
                """{"id":"d","body":{"model":"m","messages":[{"role":"user","content":"d"}]}}""",
                """[1]""",
            ],
            TestContext.Current.CancellationToken);
        using var client = FakeGateway.Good().Client();

        var outcomes = await new BulkRunner(client, Options()).RunFileAsync(path).ToListAsync();

        Assert.Equal(["a", "d"], outcomes.Where(outcome => outcome.Status == BulkStatus.Done).Select(outcome => outcome.Id).Order());
        Assert.Equal([2, 4, 5, 7], outcomes.Where(outcome => outcome.Status == BulkStatus.Failed).Select(outcome => outcome.Line!.Value).Order());
        Assert.Equal(
            "Line 5 cannot be read: it has no custom_id. Write custom_id, url and body, as in a batch file of OpenAI.",
            outcomes.Single(outcome => outcome.Line == 5).Error!.Message);
    }

    [Fact]
    public async Task RunFileAsync_OfALongLine_FailsItAndRunsTheRest()
    {
        var path = _folder.At("in.jsonl");
        await File.WriteAllTextAsync(
            path,
            new string('x', 200_000) + "\n" + """{"custom_id":"a","body":{"model":"m","messages":[{"role":"user","content":"a"}]}}""",
            TestContext.Current.CancellationToken);
        using var client = FakeGateway.Good().Client();
        var options = Options();
        options.MaxLineBytes = 1000;

        var outcomes = await new BulkRunner(client, options).RunFileAsync(path).ToListAsync();

        Assert.Equal(2, outcomes.Count);
        Assert.Equal(
            "Line 1 is longer than 1000 bytes: shorten it, or raise BulkOptions.MaxLineBytes.",
            outcomes.Single(outcome => outcome.Status == BulkStatus.Failed).Error!.Message);
    }

    [Fact]
    public async Task RunAsync_WithProgress_ReportsTheEnd()
    {
        using var client = FakeGateway.Good().Client();
        var states = new List<BulkProgress>();
        var options = Options();
        options.Total = 3;
        options.Progress = new Reports(states.Add);

        await new BulkRunner(client, options).RunAsync(Runs.Items("a", "b", "c")).ToListAsync();

        var last = states[^1];
        Assert.Equal((3, 3, 0, 0.75m), (last.Done, last.Finished, last.InFlight, last.Cost));
        Assert.Equal(TimeSpan.Zero, last.Eta);
    }

    [Fact]
    public async Task RunAsync_WhoseLedgerFailsAfterAResult_ReturnsTheResultAndStops()
    {
        await ExecuteAsync("CREATE TRIGGER full BEFORE UPDATE ON item WHEN NEW.state = 2 BEGIN SELECT RAISE(ABORT, 'full'); END");
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();
        var options = Options();
        options.InitialConcurrency = options.MaxConcurrency = 1;
        var outcomes = new List<BulkOutcome>();

        var exception = await Assert.ThrowsAsync<BulkLedgerException>(async () =>
        {
            await foreach (var outcome in new BulkRunner(client, options).RunAsync(Runs.Items("a", "b", "c", "d", "e", "f")))
            {
                outcomes.Add(outcome);
            }
        });

        // What was paid is returned; the calls that were under way with it too; and nothing more is sent.
        var done = outcomes.Where(outcome => outcome.Status == BulkStatus.Done).ToList();
        Assert.NotEmpty(done);
        Assert.All(done, outcome => Assert.Equal(("Hello!", exception), (outcome.Text, outcome.BookkeepingError)));
        Assert.Equal(done.Count, gateway.Sent.Count);
        Assert.True(gateway.Sent.Count < 6, $"{gateway.Sent.Count} were sent.");
        await ExecuteAsync("DROP TRIGGER full");
        Assert.All(BulkLedger.Read(Ledger), entry => Assert.Equal(BulkStatus.InDoubt, entry.Status));
    }

    [Fact]
    public async Task RunAsync_OfAFullDisk_SendsNothing()
    {
        await ExecuteAsync("CREATE TABLE filler (a); INSERT INTO filler VALUES (zeroblob(100000))");
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();
        var ledger = LedgerWriter.Open(Ledger);
        await using (ledger.ConfigureAwait(false))
        {
            await ledger.RunAsync(file => file.Execute("PRAGMA max_page_count = 1"));
            var run = new BulkRun(client, Options(), ledger, TestContext.Current.CancellationToken);
            var items = Enumerable.Range(0, 5000).Select(number => new InputItem(BulkItem.Chat(new string('x', 200) + number, "m", "Hi")));
            var outcomes = new List<BulkOutcome>();

            var exception = await Assert.ThrowsAsync<BulkLedgerException>(async () =>
            {
                await foreach (var outcome in run.RunAsync(Inputs(items)))
                {
                    outcomes.Add(outcome);
                }
            });

            Assert.Equal(BulkLedgerError.DiskFull, exception.Error);
            Assert.StartsWith($"The disk of the ledger {Ledger} is full: ", exception.Message, StringComparison.Ordinal);

            // What was recorded as sent was sent, and what could not be recorded was not.
            Assert.Equal(gateway.Sent.Count, outcomes.Count(outcome => outcome.Status == BulkStatus.Done));
            Assert.Contains(outcomes, outcome => outcome.Status == BulkStatus.NotSent && outcome.Sendings == 0);
        }
    }

    [Fact]
    public async Task RunFileAsync_OfAnIdThatIsTooLongOrUsed_ReportsItsLine()
    {
        var path = _folder.At("in.jsonl");
        string Line(string id) => $$$"""{"custom_id":"{{{id}}}","body":{"model":"m","messages":[{"role":"user","content":"a"}]}}""";
        await File.WriteAllLinesAsync(path, [Line("a"), Line(new string('x', 257)), Line("a")], TestContext.Current.CancellationToken);
        using var client = FakeGateway.Good().Client();

        var outcomes = await new BulkRunner(client, Options()).RunFileAsync(path).ToListAsync();

        var byLine = outcomes.ToDictionary(outcome => outcome.Line!.Value, outcome => outcome.Error?.Message);
        Assert.Null(byLine[1]);
        Assert.StartsWith("Line 2 cannot be read: The id has 257 characters; at most 256 are allowed.", byLine[2], StringComparison.Ordinal);
        Assert.Equal("The id a was used by an earlier item of this run: give each item an id of its own.", byLine[3]);
    }

    [Fact]
    public async Task RunAsync_OfAnItemThatTheGatewayFindsTooLarge_FailsItAndSendsTheRest()
    {
        const string TooLarge = """{"error":{"message":"too large","type":"invalid_request_error","code":"request_too_large"}}""";
        var gateway = new FakeGateway((prompt, _) => prompt == "large" ? FakeGateway.Json(413, TooLarge) : null);
        using var client = gateway.Client();

        var outcomes = await new BulkRunner(client, Options()).RunAsync(Runs.Items("large", "b")).ToListAsync();

        var large = outcomes.Single(outcome => outcome.Id == "large");
        Assert.Equal((BulkStatus.Failed, 1), (large.Status, large.Sendings));
        Assert.IsType<CCApiBadRequestException>(large.Error);
        Assert.Equal(BulkStatus.Done, outcomes.Single(outcome => outcome.Id == "b").Status);
    }

    [Theory]
    [InlineData("1e12")]
    [InlineData("5184000")]
    public async Task RunAsync_OfALongRetryAfter_PausesAsLongAsTheClientFollows(string retryAfter)
    {
        var time = new FakeTimeProvider();
        var gateway = new FakeGateway((_, call) =>
        {
            if (call > 1)
            {
                return null;
            }

            var response = FakeGateway.Json(429, FakeGateway.Busy);
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return response;
        });
        using var client = gateway.Client();
        var options = Options();
        options.TimeProvider = time;
        options.InitialConcurrency = 1;

        var run = new BulkRunner(client, options).RunAsync(Runs.Items("a", "b")).ToListAsync();
        await Runs.WaitForAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return run.IsCompleted;
        });

        Assert.All(await run, outcome => Assert.Equal(BulkStatus.Done, outcome.Status));
        Assert.True(time.GetUtcNow() - time.Start >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task RunAsync_OfProgressThatThrows_EndsInOrderAndThrowsIt()
    {
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();
        var options = Options();
        options.ProgressInterval = TimeSpan.Zero;
        options.Progress = new Reports(state => throw new InvalidOperationException("The console is gone."));

        var run = new BulkRunner(client, options).RunAsync(Endless()).ToListAsync();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        Assert.Equal("The console is gone.", exception.Message);
        Assert.All(BulkLedger.Read(Ledger), entry => Assert.Equal(BulkStatus.Done, entry.Status));
        Assert.Equal(gateway.Sent.Count, BulkLedger.Read(Ledger).Count);
    }

    [Theory]
    [InlineData(200, "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello!\"},\"finish_reason\":\"stop\"}]", BulkStatus.Done)]
    [InlineData(400, "\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}", BulkStatus.Failed)]
    public async Task RunAsync_OfCostsBeyondDecimal_Saturates(int status, string member, BulkStatus expected)
    {
        var gateway = new FakeGateway((_, _) => FakeGateway.Json(status, $"{{{member},\"usage\":{{\"cost\":5e28}}}}"));
        using var client = gateway.Client();
        BulkProgress? progress = null;
        var options = Options();
        options.Progress = new Reports(state => progress = state);

        var run = new BulkRunner(client, options).RunAsync(Runs.Items("a", "b", "c")).ToListAsync();
        var outcomes = await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await new BulkRunner(client, options).RunAsync(Runs.Items("a", "b", "c")).ToListAsync();

        Assert.All(outcomes, outcome => Assert.Equal((expected, 5e28m), (outcome.Status, outcome.Cost)));
        Assert.Equal(decimal.MaxValue, progress!.Cost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_WhoseInputIsIdle_EndsWhenItIsStoppedOrLeft(bool isStopped)
    {
        using var client = FakeGateway.Good().Client();
        using var stop = new CancellationTokenSource();
        var input = Channel.CreateUnbounded<BulkItem>();
        input.Writer.TryWrite(BulkItem.Chat("a", "m", "a"));

        async Task RunAsync()
        {
            await foreach (var outcome in new BulkRunner(client, Options()).RunAsync(input.Reader.ReadAllAsync(), stop.Token))
            {
                if (!isStopped)
                {
                    break;
                }

                await stop.CancelAsync();
            }
        }

        await RunAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_StoppedByItsInput_SendsNothingMore()
    {
        var gateway = FakeGateway.Good();
        using var client = gateway.Client();
        using var stop = new CancellationTokenSource();

        async IAsyncEnumerable<BulkItem> Input()
        {
            for (var i = 0; i < 10; i++)
            {
                if (i == 5)
                {
                    await stop.CancelAsync();
                }

                yield return BulkItem.Chat($"item-{i}", "m", $"item-{i}");
            }
        }

        var options = Options();
        options.InitialConcurrency = 20;
        var outcomes = await new BulkRunner(client, options).RunAsync(Input(), stop.Token).ToListAsync();

        Assert.Equal((5, 5), (outcomes.Count, gateway.Sent.Count));
    }

    [Fact]
    public async Task RunFileAsync_OfALineBeyondMemory_KeepsNothingOfIt()
    {
        var path = _folder.At("in.jsonl");
        var cancellation = TestContext.Current.CancellationToken;
        await using (var file = File.Create(path))
        {
            file.SetLength(200_000_000);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync("\n  \n{\"custom_id\":\"a\",\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}}"u8.ToArray(), cancellation);
        }

        using var client = FakeGateway.Good().Client();
        BulkProgress? progress = null;
        var options = Options();
        options.MaxLineBytes = 1_000_000;
        options.Progress = new Reports(state => progress = state);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var outcomes = await new BulkRunner(client, options).RunFileAsync(path).ToListAsync();

        Assert.Equal((2, 2), (outcomes.Count, progress!.Total));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 100_000_000);
    }

    [Theory]
    [InlineData("InitialConcurrency")]
    [InlineData("MaxConcurrency")]
    [InlineData("MaxRounds")]
    [InlineData("MaxLineBytes")]
    public void Create_OfALimitOf0_NamesIt(string name)
    {
        using var client = FakeGateway.Good().Client();
        var options = new BulkOptions();
        typeof(BulkOptions).GetProperty(name)!.SetValue(options, 0);

        var exception = Assert.Throws<ArgumentException>(() => new BulkRunner(client, options));

        Assert.StartsWith($"BulkOptions.{name} is 0; set it to 1 or more.", exception.Message, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<BulkItem> Of(params BulkItem[] items)
    {
        await Task.CompletedTask;
        foreach (var item in items)
        {
            yield return item;
        }
    }

    private static async IAsyncEnumerable<InputItem> Inputs(IEnumerable<InputItem> items)
    {
        await Task.CompletedTask;
        foreach (var item in items)
        {
            yield return item;
        }
    }

    private static async IAsyncEnumerable<BulkItem> Endless()
    {
        await Task.CompletedTask;
        for (var i = 0; ; i++)
        {
            yield return BulkItem.Chat($"item-{i}", "m", $"item-{i}");
        }
    }

    private static async IAsyncEnumerable<BulkItem> Failing()
    {
        await Task.CompletedTask;
        yield return BulkItem.Chat("a", "m", "a");
        throw new InvalidDataException("The source is gone.");
    }

    /// <summary>Changes the ledger, and creates it when there is none.</summary>
    private async Task ExecuteAsync(string sql)
    {
        var ledger = LedgerWriter.Open(Ledger);
        await using (ledger.ConfigureAwait(false))
        {
            await ledger.RunAsync(file => file.Execute(sql));
        }
    }

    private BulkOptions Options() => new() { LedgerPath = Ledger };

    internal sealed record Recipe(string Title, int Minutes);

    [JsonSerializable(typeof(Recipe))]
    private sealed partial class Json : JsonSerializerContext;
}
