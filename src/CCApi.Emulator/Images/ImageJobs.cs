using System;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Jobs that take a while: pending, then processing, then completed.</summary>
internal sealed class ImageJobs
{
    private const double PendingPart = 0.25;

    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly MediaStore _media;
    private readonly TimeSpan _duration;

    public ImageJobs(MediaStore media, TimeSpan duration)
    {
        _media = media;
        _duration = duration;
    }

    public static JsonObject Answer(string id, DateTimeOffset created, ImageOrder order, string operation, string status, JsonArray? data) => new()
    {
        ["id"] = id,
        ["created"] = created.ToUnixTimeSeconds(),
        ["model"] = order.Model.Id,
        ["status"] = status,
        ["execution"] = new JsonObject
        {
            ["mode"] = order.Model.Has(ModelTraits.Async) ? "async" : "sync",
            ["operation"] = operation,
            ["provider"] = order.Model.Provider,
        },
        ["data"] = data ?? [],
    };

    /// <summary>Starts a job. The same request with the same idempotency key is the same job.</summary>
    public Reply Start(Exchange exchange, ImageOrder order, string operation, string id)
    {
        var job = _jobs.GetOrAdd(id, _ => new Job(order, operation, exchange.Now, new Lazy<JsonArray>(() => order.Make(_media, withSeed: true))));
        return Reply.Json(State(id, job, exchange.Now), IsDone(job, exchange.Now) ? 200 : 202);
    }

    public Reply Get(string id, DateTimeOffset now) =>
        _jobs.TryGetValue(id, out var job) ? Reply.Json(State(id, job, now)) : Reply.Error(404, $"There is no job '{id}'.", "invalid_request_error", "not_found", "id");

    private bool IsDone(Job job, DateTimeOffset now) => now - job.Started >= _duration;

    private JsonObject State(string id, Job job, DateTimeOffset now)
    {
        var elapsed = now - job.Started;
        if (IsDone(job, now))
        {
            return Answer(id, job.Started, job.Order, job.Operation, "completed", (JsonArray)job.Images.Value.DeepClone());
        }

        var state = Answer(id, job.Started, job.Order, job.Operation, elapsed < _duration * PendingPart ? "pending" : "processing", data: null);
        state["poll_url"] = $"/v1/images/jobs/{id}";
        state["estimated_time"] = Math.Round((_duration - elapsed).TotalSeconds, 1);
        return state;
    }

    private sealed record Job(ImageOrder Order, string Operation, DateTimeOffset Started, Lazy<JsonArray> Images);
}
