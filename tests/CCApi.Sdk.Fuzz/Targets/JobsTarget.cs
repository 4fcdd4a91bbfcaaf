using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// The states of an image job: each line of the input is one response, a character for its status and the body; the first starts the job, the last repeats. Two wait for
/// it, one of them patiently, on a fake clock: both see the same end, in time, and nobody polls faster than allowed.
/// </summary>
internal static class JobsTarget
{
    private static readonly int[] _statuses = [200, 202, 404, 429, 500, 503, 302, 204];

    public static Task RunAsync(byte[] input) => RunAsync(Encoding.UTF8.GetString(input));

    private static async Task RunAsync(string states)
    {
        var clock = new ManualClock();
        using var gateway = new Gateway(states.Split('\n'));
        using var http = new HttpClient(gateway) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new CCApiClientOptions { ApiKey = "sk-test-0123456789", BaseAddress = new Uri("https://gateway.test/v1/"), TimeProvider = clock };
        using var client = new CCApiClient(http, options);
        var call = FollowAsync(client);
        await Pump.FinishAsync(call, clock, TimeSpan.FromMinutes(40)).ConfigureAwait(false);
        var (waiting, watching, seen) = await call.ConfigureAwait(false);

        var isSame = (waiting, watching) switch
        {
            (MultimodalImageGenerationResponse, null) => true,
            (ImageJobFailedException, null) => true,
            (CCApiTimeoutException, CCApiTimeoutException) => true,
            (CCApiException first, CCApiException second) => first.GetType() == second.GetType(),
            (CCApiException, null) or (null, CCApiException) => false,
            _ => seen == 0,
        };
        if (!isSame)
        {
            throw new FindingException($"One waiter got {waiting}\nthe other {watching} after {seen} states.");
        }

        var most = 10 + (clock.Elapsed.TotalSeconds * 3 / 0.8);
        if (gateway.Requests > most || clock.TimerCount > 0)
        {
            throw new FindingException($"{gateway.Requests} requests in {clock.Elapsed}, and {clock.TimerCount} timers are left.");
        }

        Behavior.Add(waiting as Exception, watching, seen, gateway.Requests > 3);
        Planted.CheckJob(waiting as ImageJobFailedException, seen);
    }

    /// <summary>How the waiter and the watcher ended, and how many states the watcher saw.</summary>
    private static async Task<(object? Waiting, Exception? Watching, int Seen)> FollowAsync(CCApiClient client)
    {
        ImageJob job;
        try
        {
            job = await client.Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox.")).ConfigureAwait(false);
        }
        catch (CCApiException)
        {
            return (null, null, 0);
        }

        var seen = 0;
        var watching = ErrorOfAsync(async () =>
        {
            await foreach (var state in job.WatchAsync(new ImageJobWaitOptions { MaxDelay = TimeSpan.FromMinutes(2) }).ConfigureAwait(false))
            {
                seen++;
            }
        });
        MultimodalImageGenerationResponse? images = null;
        var waiting = ErrorOfAsync(async () => images = await job.WaitAsync().ConfigureAwait(false));
        await Task.WhenAll(watching, waiting).ConfigureAwait(false);
        return ((object?)images ?? await waiting.ConfigureAwait(false), await watching.ConfigureAwait(false), seen);
    }

    private static async Task<Exception?> ErrorOfAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return null;
        }
        catch (CCApiException exception)
        {
            return exception;
        }
    }

    private sealed class Gateway(string[] states) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var state = states[Math.Min(Requests++, states.Length - 1)];
            var status = state.Length == 0 ? 200 : _statuses[state[0] % _statuses.Length];
            var body = state.Length == 0 ? "" : state[1..];
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new StringContent(body) });
        }
    }
}
