using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// The headers of failed calls: the input is a status and headers, as on the wire, of every response but the last. On a fake clock, the client waits for the retry delay
/// of the headers within its limits, and everything that it reads from headers can be printed and does not show the key.
/// </summary>
internal static class HeadersTarget
{
    private const string Key = "sk-test/Se+cret=0123456789";

    /// <summary>The ceiling of Retry-After, the longest delay of the client's own, and some jitter.</summary>
    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(60 + 8 + 12);

    public static Task RunAsync(byte[] input) => RunAsync(Encoding.Latin1.GetString(input));

    private static async Task RunAsync(string head)
    {
        var clock = new ManualClock();
        using var gateway = new Gateway(head);
        using var http = new HttpClient(gateway) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new CCApiClient(http, new CCApiClientOptions { ApiKey = Key, BaseAddress = new Uri("https://gateway.test/v1/"), TimeProvider = clock });
        var call = CallAsync(client);
        await Pump.FinishAsync(call, clock, TimeSpan.FromHours(1)).ConfigureAwait(false);
        var (info, error) = await call.ConfigureAwait(false);

        var attempts = info?.Attempts ?? error!.Attempts;
        if (attempts.Any(attempt => attempt.Delay < TimeSpan.Zero || attempt.Delay > _longestDelay) || gateway.Requests > 3)
        {
            throw new FindingException($"{gateway.Requests} requests, delays: {string.Join(", ", attempts.Select(attempt => attempt.Delay))}");
        }

        if (error is CCApiRateLimitException { RetryAfter: { } wait } && wait < TimeSpan.Zero)
        {
            throw new FindingException($"RetryAfter is {wait}.");
        }

        KeyCheck.Check(error, Key);
        Behavior.Add(error, gateway.Requests, Math.Round(clock.Elapsed.TotalSeconds / 10), info?.RateLimits is null, info?.RequestId is null, info?.ToString().Length);
        Planted.CheckDelays(attempts);
    }

    private static async Task<(CCApiResponseInfo? Info, CCApiException? Error)> CallAsync(CCApiClient client)
    {
        try
        {
            return ((await client.Chat.CompleteAsync("m", "Hi").ConfigureAwait(false)).Info, null);
        }
        catch (CCApiException exception)
        {
            return (null, exception);
        }
    }

    private sealed class Gateway(string head) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isLast = ++Requests == 3;
            var status = isLast ? 200 : int.TryParse(head.AsSpan(0, Math.Min(3, head.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given >= 200 ? given : 503;
            var body = isLast ? Completions.Text("Hello") : "{\"error\":{\"message\":\"busy\"}}"u8.ToArray();
            var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new ByteArrayContent(body) };
            foreach (var line in head.Split('\n').Skip(1))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0 && !line.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
                {
                    response.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim().Replace("KEY", Key, StringComparison.Ordinal));
                }
            }

            return Task.FromResult(response);
        }
    }
}
