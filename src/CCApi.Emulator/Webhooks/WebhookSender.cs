using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Emulator;

/// <summary>Posts the end of jobs to the address that asked for it, several times when that fails.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    /// <summary>How many deliveries it remembers.</summary>
    public const int MaxDeliveries = 4096;

    /// <summary>How long an address is at most.</summary>
    public const int MaxUrl = 8192;

    /// <summary>How many webhooks may be under way, or wait for their next attempt, at the same time.</summary>
    public const int MaxPending = 256;

    /// <summary>How many characters they have together at most.</summary>
    public const long MaxPendingCharacters = 32 * 1024 * 1024;

    /// <summary>
    /// How long an attempt waits for a response. It is real time: what a server needs has nothing to do with the clock of the
    /// emulator, which a test may advance by hours.
    /// </summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>How long it waits before each further attempt.</summary>
    private static readonly TimeSpan[] _waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];

    private readonly Lock _gate = new();
    private readonly Queue<EmulatorWebhookDelivery> _deliveries = new();
    private readonly HashSet<Task> _running = [];
    private long _pendingCharacters;
    private readonly CancellationTokenSource _stop = new();
    private readonly CCApiEmulatorOptions _options;
    private readonly HttpClient _http;

    /// <param name="options">The options of the emulator.</param>
    /// <param name="patience">How long an attempt waits for a response; null for 10 s.</param>
    public WebhookSender(CCApiEmulatorOptions options, TimeSpan? patience = null)
    {
        _options = options;
        // Neither a redirect nor a proxy may lead away from where the request pointed to.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        _http = new HttpClient(handler) { Timeout = patience ?? _patience };
    }

    public IReadOnlyList<EmulatorWebhookDelivery> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>The address of a request; with a problem when there is one that is not called.</summary>
    public (Uri? Url, string? Problem) Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (null, null);
        }

        if (text.Length > MaxUrl)
        {
            return (null, FormattableString.Invariant($"webhook_url must have at most {MaxUrl} characters."));
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return (null, "webhook_url must be an absolute http or https address.");
        }

        if (url.IsLoopback || _options.AllowRemoteWebhooks)
        {
            return (url, null);
        }

        return (
            null,
            "webhook_url must be on this machine: the emulator calls others only with AllowRemoteWebhooks (--remote-webhooks).");
    }

    /// <summary>Sends a webhook in the background, unless too many are pending, as when the server of their address hangs.</summary>
    public void Post(string jobId, Uri url, string json)
    {
        var problem = TryStart(jobId, url, json);
        if (problem is not null)
        {
            Record(jobId, url, attempt: 1, status: null, problem);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] running;

        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        _http.Dispose();
    }

    /// <summary>Starts to send a webhook; returns why it does not.</summary>
    private string? TryStart(string jobId, Uri url, string json)
    {
        lock (_gate)
        {
            if (_running.Count >= MaxPending)
            {
                return FormattableString.Invariant($"It was not sent, because {_running.Count} webhooks are pending.");
            }

            if (_pendingCharacters + json.Length > MaxPendingCharacters)
            {
                return FormattableString.Invariant(
                    $"It was not sent, because the pending webhooks would have more than {MaxPendingCharacters} characters.");
            }

            _pendingCharacters += json.Length;
            var run = Task.Run(() => RunAsync(jobId, url, json));
            _running.Add(run);
            _ = run.ContinueWith(
                ended => Forget(ended, json.Length), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

            return null;
        }
    }

    private void Forget(Task run, int characters)
    {
        lock (_gate)
        {
            _running.Remove(run);
            _pendingCharacters -= characters;
        }
    }

    private async Task RunAsync(string jobId, Uri url, string json)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if ((await PostOnceAsync(jobId, url, json, attempt).ConfigureAwait(false)).IsDelivered || attempt > _waits.Length)
                {
                    return;
                }

                await Task.Delay(_waits[attempt - 1], _options.TimeProvider, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The emulator ends.
        }
    }

    private async Task<EmulatorWebhookDelivery> PostOnceAsync(string jobId, Uri url, string json, int attempt)
    {
        int? status = null;
        string? problem = null;

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");

            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, _stop.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
        }
        catch (HttpRequestException exception)
        {
            problem = exception.Message;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            problem = FormattableString.Invariant($"There was no response within {_http.Timeout.TotalSeconds} s.");
        }

        return Record(jobId, url, attempt, status, problem);
    }

    /// <summary>Adds an attempt to the list and to the log.</summary>
    private EmulatorWebhookDelivery Record(string jobId, Uri url, int attempt, int? status, string? problem)
    {
        var delivery = new EmulatorWebhookDelivery(
            _options.TimeProvider.GetUtcNow(), url.OriginalString, jobId, attempt, status, problem);
        lock (_gate)
        {
            _deliveries.Enqueue(delivery);
            if (_deliveries.Count > MaxDeliveries)
            {
                _deliveries.Dequeue();
            }
        }

        // Without the query, where people put their secrets.
        _options.Log?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"HOOK {url.GetLeftPart(UriPartial.Path)} {status?.ToString(CultureInfo.InvariantCulture) ?? problem} attempt {attempt}"));

        return delivery;
    }
}
