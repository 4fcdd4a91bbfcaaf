using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// A client between a random server and a random caller, on a fake clock: the input is what both decide, one byte each. Whatever they do, calls end, with typed
/// exceptions, without showing a key, and with no request that the options do not explain.
/// </summary>
internal static class SessionTarget
{
    public const string Key = "sk-test/Se+cret=0123456789";
    public const string CallKey = "sk-call/Se+cret=9876543210";

    private static readonly CannedGateway _calm = new();

    public static async Task RunAsync(byte[] input)
    {
        var choices = new Choices(input);
        var clock = new ManualClock();
        using var log = new SessionLog();
        using var server = new SessionServer(choices, clock);
        using var http = new HttpClient(server) { Timeout = Timeout.InfiniteTimeSpan };
        var options = OptionsFrom(choices, clock, log);
        using (var client = new CCApiClient(http, options))
        {
            var disturbed = Disturbance.None;
            for (var calls = 1 + choices.Next(2); calls > 0; calls--)
            {
                disturbed |= await CallAsync(client, options, server, clock, new SessionPlan(choices), disturbed).ConfigureAwait(false);
            }
        }

        log.Lines.ForEach(CheckKeys);
        if (clock.TimerCount > 0 || server.OpenStreams > 0)
        {
            throw new FindingException($"{clock.TimerCount} timers and {server.OpenStreams} bodies are left after everything was disposed of.");
        }
    }

    private static CCApiClientOptions OptionsFrom(Choices choices, ManualClock clock, SessionLog log)
    {
        var options = new CCApiClientOptions { ApiKey = Key, BaseAddress = new Uri("https://gateway.test/v1/"), TimeProvider = clock, LoggerFactory = log };
        options.Retry.MaxRetries = choices.Pick(2, 0, 1, 4);
        options.Retry.RetryPossiblyCharged = choices.OneIn(4);
        if (choices.OneIn(3))
        {
            options.Failover.Alternatives[SessionModels.All[0]] = [.. SessionModels.All.Skip(1)];
        }

        return options;
    }

    private static async Task<Disturbance> CallAsync(
        CCApiClient client, CCApiClientOptions options, SessionServer server, ManualClock clock, SessionPlan plan, Disturbance earlier)
    {
        var first = server.Requests.Count;
        var caller = new SessionCaller(client, server, clock, plan);
        var call = caller.RunAsync();
        await Pump.FinishAsync(call, clock, TimeSpan.FromDays(2)).ConfigureAwait(false);
        await call.ConfigureAwait(false);

        List<SessionRequest> requests = [.. server.Requests.Skip(first)];
        SessionChecks.CheckEnd(plan, caller, earlier & Disturbance.DisposeClient);
        SessionChecks.CheckRequests(plan, options, requests, plan.Options?.ApiKey ?? Key);
        SessionChecks.CheckContent(plan, caller, requests, ReadPlain);
        KeyCheck.Check(caller.Error, Key);
        KeyCheck.Check(caller.Error, CallKey);
        Behavior.Add(plan.Kind, caller.Error, caller.Response?.IsTruncated, requests.Count, caller.Disturbed);
        Planted.CheckSession(caller, requests);
        return caller.Disturbed;
    }

    private static void CheckKeys(string text)
    {
        KeyCheck.Check(text, Key);
        KeyCheck.Check(text, CallKey);
    }

    /// <summary>What a client reads when nothing is disturbed.</summary>
    private static ChatCompletionResponse ReadPlain(string json, bool separates) => Sync.Run(() =>
        _calm.Respond(System.Text.Encoding.UTF8.GetBytes(json), "application/json").Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { SeparateThinking = separates }));
}
