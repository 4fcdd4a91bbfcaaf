using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Support;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>The columns of the tables: what the caller sets and does, and what the server does.</summary>
internal static class JointScenarios
{
    private const string ServerError = """{"error":{"message":"The upstream failed.","type":"api_error","code":"do_request_failed"}}""";
    private const string Overloaded = """{"error":{"message":"The model is overloaded.","type":"overloaded_error","code":503}}""";
    private const string RateLimit = """{"error":{"message":"Too many requests.","type":"rate_limit_error","code":429}}""";
    private const string Quota = """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","code":"insufficient_quota"}}""";
    private const string Billing = """{"error":{"message":"Insufficient balance","type":"billing_error","code":"insufficient_funds"}}""";
    private const string BadRequest = """{"error":{"message":"The size is not supported.","type":"invalid_request_error","code":"invalid_value"}}""";
    private const string Unauthorized = """{"error":{"message":"Missing or invalid Authorization header","type":"invalid_request_error","code":"unauthorized"}}""";
    private const string Comment = ": keep-alive\n\n";

    private static readonly Dictionary<string, JointScenario> _all = new()
    {
        // Cancellation.
        ["before the call"] = new(Respond) { AtStart = Always, Set = run => run.CallToken.Cancel() },
        ["awaiting headers"] = new(turn => HoldHeadersAsync(turn, () => turn.Run.CallToken.CancelAsync())),
        ["in the body"] = new(turn => HoldBodyAsync(turn, turn.Response.Opening, () => turn.Run.CallToken.CancelAsync())),
        ["in the body of an error"] = new(turn => HoldErrorAsync(turn, () => turn.Run.CallToken.CancelAsync())),
        ["in a retry delay"] = new(turn => DelayRetryAsync(turn, () => turn.Run.CallToken.CancelAsync())),
        ["first reader's token"] = new(turn => HoldBodyAsync(turn, pieces: 1, () => turn.Run.FirstReader.CancelAsync())),
        ["later reader's token"] = new(turn => HoldBodyAsync(turn, turn.Response.Opening, () => turn.Run.LaterReader.CancelAsync())),
        ["first reader's token, later reader"] = new(turn => HoldBodyAsync(turn, turn.Response.Opening, () => turn.Run.FirstReader.CancelAsync())),
        ["key provider hangs"] = new(Respond) { AtStart = IsLink, Set = HangProvider },
        ["tool hangs"] = new(Respond) { Set = HangTool },

        // Budgets.
        ["Connect"] = new(Respond) { Set = LeaveUnconnected },
        ["Attempt"] = new(turn => OnceAsync(turn, PassAttemptAsync)) { Set = run => run.Options.FailoverModels = ["model-b"] },
        ["Total"] = new(PassTotalAsync) { AtStart = IsJob, Set = run => run.Options.Attempt = Timeout.InfiniteTimeSpan },
        ["Total of all models"] = new(PassTotalOfModelsAsync) { AtStart = Always, Set = ShareTotal },
        ["FirstChunk"] = new(PassFirstChunkAsync),
        ["NextChunk"] = new(PassNextChunkAsync),
        ["Idle"] = new(turn => OnceAsync(turn, PassIdleAsync)),
        ["Download"] = new(DribbleAsync),
        ["ImageJob"] = new(PassAttemptAsync),

        // Dispose.
        ["client, awaiting headers"] = new(turn => HoldHeadersAsync(turn, () => DisposeClientAsync(turn), isWatched: false)) { Set = run => run.HasOwnConnections = true },
        ["client, in the body"] = new(turn => HoldBodyAsync(turn, turn.Response.Opening, () => DisposeClientAsync(turn), isWatched: false)) { Set = run => run.HasOwnConnections = true },
        ["client, awaiting headers of an HttpClient"] = new(turn => HoldHeadersAsync(turn, () => DisposeClientAsync(turn))),
        ["client, in the body of an HttpClient"] = new(turn => HoldBodyAsync(turn, turn.Response.Opening, () => DisposeClientAsync(turn))),
        ["client, in the body of an error"] = new(turn => HoldErrorAsync(turn, () => DisposeClientAsync(turn))),
        ["client, in a retry delay"] = new(turn => DelayRetryAsync(turn, () => DisposeClientAsync(turn))),
        ["client, before the call"] = new(Respond) { AtStart = Always, Set = run => run.IsDisposedBefore = true },
        ["stream, in a read"] = new(turn => HoldBodyAsync(turn, turn.Response.Opening, () => turn.Run.DisposeStream!().AsTask())),
        ["loop left"] = new(LeaveLoopAsync) { AtStart = Always, Set = run => run.LeavesLoop = true },

        // Keys and options.
        ["key and headers of the call, retried"] = new(turn => OnceAsync(turn, () => turn.FailAsync(503, ServerError))) { AtEvery = true, Set = SetOwnKeyAndHeaders },
        ["401, a new key"] = new(turn => turn.Request.Header("Authorization") == "Bearer new-key" ? turn.RespondAsync() : turn.FailAsync(401, Unauthorized)) { Set = run => run.Keys = ["old-key", "new-key"] },
        ["401, the same key"] = new(turn => turn.FailAsync(401, Unauthorized)) { Set = run => run.Keys = ["old-key"] },
        ["401, key of the call"] = new(turn => turn.FailAsync(401, Unauthorized)) { Set = OfferKeyBesideOwn },

        // Failover.
        ["503"] = new(turn => FailFirstModelAsync(turn, () => turn.FailAsync(503, ServerError))) { AtStart = IsLinkOrJob, Set = FailOver },
        ["hidden 503"] = new(turn => FailFirstModelAsync(turn, () => turn.HideAsync(Overloaded))) { AtStart = IsLinkOrJob, Set = FailOver },
        ["connection refused"] = new(Respond) { AtStart = IsLinkOrJob, Set = SetConnectionRefused },
        ["Attempt, may be charged"] = new(turn => FailFirstModelAsync(turn, () => PassAttemptAsync(turn))) { AtStart = IsLinkOrJob, Set = FailOverAtAnyPrice },
        ["silent body, may be charged"] = new(turn => FailFirstModelAsync(turn, () => PassSilentBodyAsync(turn))) { AtStart = IsLinkOrJob, Set = FailOverAtAnyPrice },
        ["closed, may be charged"] = new(turn => FailFirstModelAsync(turn, () => CloseAsync(turn))) { AtStart = IsLinkOrJob, Set = FailOverAtAnyPrice },
        ["closed"] = new(CloseAsync) { AtStart = IsLinkOrJob, Set = FailOver },
        ["billing"] = new(turn => turn.FailAsync(402, Billing)) { AtStart = IsLinkOrJob, Set = FailOver },
        ["error after content"] = new(FailAfterContentAsync) { Set = FailOverAtAnyPriceWithRetries },
        ["hidden 503 with usage"] = new(FailWithUsageAsync) { AtStart = IsLinkOrJob, Set = FailOver },

        // Errors in a response of status 200.
        ["hidden 400"] = new(turn => turn.HideAsync(BadRequest)) { AtStart = IsLink },
        ["hidden 429"] = new(turn => OnceAsync(turn, () => turn.HideAsync(RateLimit))) { AtStart = IsLink },
        ["hidden quota"] = new(turn => turn.HideAsync(Quota)) { AtStart = IsLink },
        ["quota of status 429"] = new(turn => turn.FailAsync(429, Quota)) { AtStart = IsLink },
        ["success: false"] = new(turn => OnceAsync(turn, () => turn.HideAsync("""{"success":false,"code":429,"message":"Too many requests."}"""))) { AtStart = IsLink },

        // The gateway closes early, or not at all.
        ["before headers"] = new(turn => OnceAsync(turn, CloseAsync)),
        ["reset before headers"] = new(turn => OnceAsync(turn, ResetAsync)),
        ["cut in the body"] = new(turn => OnceAsync(turn, CutAsync)),
        ["body just ends"] = new(EndAsync),
        ["complete, stays open"] = new(StayOpenAsync),
        ["complete, then reset"] = new(CompleteAndResetAsync),

        // Heartbeats and proxies.
        ["heartbeats"] = new(BeatThenRespondAsync),
        ["heartbeats for ever"] = new(BeatForEverAsync) { AtStart = IsJob },
        ["HTML 502"] = new(turn => OnceAsync(turn, turn.FailWithPageAsync)) { Set = FailOver },
        ["empty 502"] = new(turn => OnceAsync(turn, () => LoseAsync(turn))) { Set = FailOver },
        ["JSON 502"] = new(turn => OnceAsync(turn, () => turn.FailAsync(502, ServerError))) { Set = FailOver },
    };

    public static IReadOnlyCollection<string> Names => _all.Keys;

    public static JointScenario Of(string name) => _all[name];

    private static Task Respond(JointTurn turn) => turn.RespondAsync();

    private static bool Always(JointCall call) => true;

    private static bool IsLink(JointCall call) => call == JointCall.SpeechLink;

    private static bool IsJob(JointCall call) => call is JointCall.ImageJob or JointCall.JobWait or JointCall.JobWatch;

    private static bool IsLinkOrJob(JointCall call) => IsLink(call) || IsJob(call);

    // What the caller sets.
    private static void HangProvider(JointRun run)
    {
        run.Keys = ["old-key"];
        run.HasHangingProvider = true;
    }

    private static void HangTool(JointRun run) => run.Tool = async () =>
    {
        await run.CallToken.CancelAsync();
        await new TaskCompletionSource().Task;
    };

    /// <remarks>The platform's own clock measures this budget, so it is short.</remarks>
    private static void LeaveUnconnected(JointRun run)
    {
        run.Unreachable = UnreachableServer.For("black-holed connect")!;
        run.HasOwnConnections = true;
        run.ClientOptions.Timeouts.Connect = TimeSpan.FromMilliseconds(20);
    }

    private static void ShareTotal(JointRun run)
    {
        FailOverAtAnyPrice(run);
        run.Options.Attempt = run.Options.FirstChunk = TimeSpan.FromSeconds(300);
        run.Options.Total = TimeSpan.FromSeconds(500);
    }

    private static void SetOwnKeyAndHeaders(JointRun run)
    {
        run.Options.ApiKey = "call-key";
        run.HasOwnHeaders = true;
    }

    private static void OfferKeyBesideOwn(JointRun run)
    {
        run.Keys = ["old-key", "new-key"];
        run.Options.ApiKey = "call-key";
    }

    private static void FailOver(JointRun run) => run.Options.FailoverModels = ["model-b"];

    private static void FailOverAtAnyPrice(JointRun run)
    {
        FailOverAtAnyPriceWithRetries(run);
        run.Options.MaxRetries = 0;
    }

    private static void FailOverAtAnyPriceWithRetries(JointRun run)
    {
        FailOver(run);
        run.Options.RetryPossiblyCharged = true;
    }

    private static void SetConnectionRefused(JointRun run)
    {
        FailOver(run);
        run.ConnectionRefusedCount = 3;
    }

    // What the server does.
    private static Task OnceAsync(JointTurn turn, Func<JointTurn, Task> serveAsync) => OnceAsync(turn, () => serveAsync(turn));

    private static Task OnceAsync(JointTurn turn, Func<Task> serveAsync) => turn.Attempt == 0 ? serveAsync() : turn.RespondAsync();

    private static Task FailFirstModelAsync(JointTurn turn, Func<Task> failAsync) => turn.Request.IsForFirstModel ? failAsync() : turn.RespondAsync();

    private static async Task HoldHeadersAsync(JointTurn turn, Func<Task> actAsync, bool isWatched = true)
    {
        turn.Charge();
        await ActAsync(turn, actAsync, isWatched);
    }

    private static async Task HoldBodyAsync(JointTurn turn, int pieces, Func<Task> actAsync, bool isWatched = true)
    {
        await turn.BeginAsync("Connection: close");
        await turn.SendPiecesAsync(0, pieces);
        await ActAsync(turn, actAsync, isWatched);
    }

    private static async Task HoldErrorAsync(JointTurn turn, Func<Task> actAsync)
    {
        await turn.SendTextAsync("HTTP/1.1 503 Own\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + ServerError[..20]);
        await ActAsync(turn, actAsync, turn.IsWatched);
    }

    /// <summary>Acts while the client waits for a response, and sees the connection closed.</summary>
    private static async Task ActAsync(JointTurn turn, Func<Task> actAsync, bool isWatched)
    {
        if (isWatched)
        {
            await turn.TakenAsync();
        }

        await actAsync();
        await turn.ClosedAsync();
    }

    /// <remarks>The delay is longer than what the clock skips. The client closes the connection before it begins.</remarks>
    private static async Task DelayRetryAsync(JointTurn turn, Func<Task> actAsync)
    {
        await turn.FailAsync(503, ServerError, headers: "Retry-After: 45\r\n");
        await turn.ClosedAsync();
        await actAsync();
    }

    private static Task DisposeClientAsync(JointTurn turn)
    {
        turn.Run.Client.Dispose();
        return Task.CompletedTask;
    }

    private static async Task LeaveLoopAsync(JointTurn turn)
    {
        if (turn.Run.Call is JointCall.Text or JointCall.Chunks or JointCall.ReasoningText or JointCall.ReasoningResponse)
        {
            await HoldBodyAsync(turn, pieces: 1, () => Task.CompletedTask);
            return;
        }

        await turn.RespondAsync();
    }

    private static async Task PassAttemptAsync(JointTurn turn)
    {
        turn.Charge();
        await turn.PassAsync(301);
        await turn.ClosedAsync();
    }

    private static async Task PassTotalAsync(JointTurn turn)
    {
        turn.Charge();
        await turn.PassAsync(601);
        await turn.ClosedAsync();
    }

    /// <summary>300 s for the first model, and 200 s are left for the second.</summary>
    private static async Task PassTotalOfModelsAsync(JointTurn turn)
    {
        turn.Charge();
        if (!turn.Response.IsEventStream)
        {
            await turn.PassAsync(turn.Request.IsForFirstModel ? 300 : 201);
            await turn.ClosedAsync();
            return;
        }

        await turn.BeginAsync("Connection: close");
        await turn.BeatAsync(turn.Request.IsForFirstModel ? 10 : 7, Comment);
        await turn.ClosedAsync();
    }

    private static async Task PassFirstChunkAsync(JointTurn turn)
    {
        await turn.BeginAsync("Connection: close");
        if (turn.Response.IsEventStream)
        {
            await turn.BeatAsync(4, Comment);
        }
        else
        {
            await turn.PassAsync(121);
        }

        await turn.ClosedAsync();
    }

    private static async Task PassNextChunkAsync(JointTurn turn)
    {
        await turn.OpenAsync();
        await turn.BeatAsync(10, Comment);
        await turn.ClosedAsync();
    }

    private static async Task PassIdleAsync(JointTurn turn)
    {
        await turn.OpenAsync();
        await turn.PassAsync(61);
        await turn.ClosedAsync();
    }

    /// <summary>Long enough for every budget of a body of which nothing has come.</summary>
    private static async Task PassSilentBodyAsync(JointTurn turn)
    {
        await turn.BeginAsync("Connection: close");
        await turn.PassAsync(121);
        await turn.ClosedAsync();
    }

    /// <summary>Half an hour of a byte every 30 s.</summary>
    private static async Task DribbleAsync(JointTurn turn)
    {
        await turn.OpenAsync();
        await turn.BeatAsync(60, "x");
        await turn.ClosedAsync();
    }

    private static Task CloseAsync(JointTurn turn)
    {
        turn.Charge();
        turn.Close();
        return Task.CompletedTask;
    }

    private static Task ResetAsync(JointTurn turn)
    {
        turn.Charge();
        return turn.ResetAsync();
    }

    /// <summary>The framing says that more follows.</summary>
    private static async Task CutAsync(JointTurn turn)
    {
        await turn.OpenAsync($"Content-Length: {turn.Response.Length}");
        await turn.TakenAsync();
        turn.Close();
    }

    private static async Task EndAsync(JointTurn turn)
    {
        await turn.OpenAsync();
        turn.Close();
    }

    /// <remarks>A stream has all of its content and nothing that says that it is over; any other response is as long as it says.</remarks>
    private static async Task StayOpenAsync(JointTurn turn)
    {
        await SendCompleteAsync(turn, lastPiece: turn.Response.LastContent + 1);
        if (turn.Response.IsEventStream)
        {
            await turn.PassAsync(6);
        }

        await turn.ClosedAsync();
    }

    private static async Task CompleteAndResetAsync(JointTurn turn)
    {
        await SendCompleteAsync(turn, lastPiece: turn.Response.LastContent);
        await turn.ResetAsync();
    }

    private static async Task SendCompleteAsync(JointTurn turn, int lastPiece)
    {
        await turn.BeginAsync(turn.Response.IsEventStream ? "Connection: close" : $"Content-Length: {turn.Response.Length}\r\nConnection: close");
        turn.Run.Advance();
        await turn.SendPiecesAsync(0, turn.Response.IsEventStream ? lastPiece + 1 : turn.Response.Pieces.Length);
    }

    private static async Task BeatThenRespondAsync(JointTurn turn)
    {
        string[] heartbeats = turn.Response.IsEventStream ? [Comment, "event: ping\ndata: {}\n\n", "data: ping\n\n"] : [" ", "\r\n", "\n"];
        await turn.BeginAsync("Connection: close");
        await BeatAllAsync(turn, heartbeats);
        if (turn.Response.IsEventStream)
        {
            await turn.SendPiecesAsync(0, turn.Response.Opening);
            await BeatAllAsync(turn, heartbeats);
            await turn.FinishAsync(turn.Response.Opening);
            return;
        }

        await turn.FinishAsync(0);
    }

    private static async Task BeatAllAsync(JointTurn turn, string[] heartbeats)
    {
        foreach (var heartbeat in heartbeats)
        {
            await turn.BeatAsync(1, heartbeat);
        }
    }

    private static async Task BeatForEverAsync(JointTurn turn)
    {
        await turn.BeginAsync("Connection: close");
        await turn.BeatAsync(21, " ");
        await turn.ClosedAsync();
    }

    private static async Task FailAfterContentAsync(JointTurn turn)
    {
        await turn.OpenAsync();
        await turn.SendTextAsync($"data: {ServerError}\n\n");
        turn.Close();
    }

    /// <summary>The work was done and is reported with its price, but not its result.</summary>
    private static async Task FailWithUsageAsync(JointTurn turn)
    {
        turn.Charge();
        if (turn.Response.IsEventStream)
        {
            var usage = JointResponse.Chunk("", """{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}""");
            await turn.FailAsync(200, $"{usage}data: {Overloaded}\n\n", turn.Response.MediaType);
            return;
        }

        await turn.HideAsync(Overloaded[..^1] + ""","usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}""");
    }

    private static Task LoseAsync(JointTurn turn)
    {
        turn.Charge();
        return turn.FailAsync(502, "");
    }
}
