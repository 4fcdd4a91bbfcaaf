using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>
/// Runs jobs to their end, gives back what failed ones cost, and announces them. The oldest are forgotten when there are too
/// many.
/// </summary>
internal sealed class ImageJobs : IDisposable
{
    private const int MostJobs = 4096;
    private const long MostBytes = 256 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, EmulatedJob> _jobs = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly MediaStore _media;
    private readonly EmulatorFaults _faults;
    private readonly WebhookSender _webhooks;
    private readonly CCApiEmulatorOptions _options;

    public ImageJobs(
        MediaStore media, EmulatorFaults faults, WebhookSender webhooks, CCApiEmulatorOptions options) =>
        (_media, _faults, _webhooks, _options) = (media, faults, webhooks, options);

    /// <summary>Starts a job, which is over at once where the model is fast. The same id is the same job.</summary>
    public GatewayResponse Start(
        GatewayRequest request, ImageOrder order, string operation, string id, Uri? webhook)
    {
        EmulatedJob job;
        lock (_gate)
        {
            if (!_jobs.TryGetValue(id, out job!))
            {
                var duration = order.Model.Has(ModelTraits.Async) ? _options.JobDuration : TimeSpan.Zero;
                var fault = (request.JobFault ?? _faults.NextOfJob(request.Operation, order.Model.Id))?.Kind;
                job = new EmulatedJob(id, order, operation, request.Now, duration, fault, _media)
                {
                    Ledger = request.Ledger,
                    Charge = request.Charge,
                    Webhook = webhook,
                };

                job.Timer = _options.TimeProvider.CreateTimer(
                    _ => job.End(Settle), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                Remember(job);
            }
        }

        // Not in the lock: a timer that is due at once may run here.
        if (!job.HasEnded(request.Now))
        {
            job.Timer!.Change(job.Duration - (request.Now - job.Started), Timeout.InfiniteTimeSpan);
        }

        return Respond(job, request.Now, accepted: 202);
    }

    public GatewayResponse Get(string id, DateTimeOffset now)
    {
        EmulatedJob? job;
        lock (_gate)
        {
            _jobs.TryGetValue(id, out job);
        }

        if (job is null)
        {
            return GatewayResponse.Error(404, $"There is no job '{id}'.", "invalid_request_error", "not_found", "id");
        }

        return Respond(job, now, accepted: 200);
    }

    /// <summary>The states of the last jobs, newest first.</summary>
    public IEnumerable<JsonNode> States(DateTimeOffset now)
    {
        EmulatedJob[] jobs;
        lock (_gate)
        {
            jobs = [.. _order.Reverse().Take(50).Select(id => _jobs[id])];
        }

        return jobs.Select(job => (JsonNode)job.State(now));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var job in _jobs.Values)
            {
                job.Timer?.Dispose();
            }
        }
    }

    private GatewayResponse Respond(EmulatedJob job, DateTimeOffset now, int accepted)
    {
        if (!job.HasEnded(now))
        {
            return GatewayResponse.Json(job.State(now), accepted);
        }

        job.End(Settle);
        var state = job.State(now);

        lock (_gate)
        {
            // The images are there now.
            ForgetOldest();
        }

        return GatewayResponse.Json(state);
    }

    private void Settle(EmulatedJob job)
    {
        job.Timer?.Dispose();
        // The request that started it failed, so nobody knows of it.
        if (job.Charge is not { } charge || job.Ledger.IsRefunded(charge))
        {
            return;
        }

        if (!job.IsCompleted)
        {
            job.Ledger.Refund(charge);
        }

        if (job.Webhook is { } url)
        {
            _webhooks.Post(job.Id, url, GatewayResponse.Text(job.State(job.Started + job.Duration)));
        }
    }

    private void Remember(EmulatedJob job)
    {
        _jobs[job.Id] = job;
        _order.Enqueue(job.Id);
        ForgetOldest();
    }

    private void ForgetOldest()
    {
        var bytes = _jobs.Values.Sum(job => job.Bytes);
        while (_order.Count > MostJobs || (bytes > MostBytes && _order.Count > 1))
        {
            _jobs.Remove(_order.Dequeue(), out var oldest);
            bytes -= oldest!.Bytes;
        }
    }
}
