using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>One job: what was ordered, how it will end, and whether it has.</summary>
internal sealed class EmulatedJob
{
    private readonly Lazy<JsonArray> _images;
    private readonly Lock _ending = new();
    private volatile bool _hasEnded;
    private long _imageBytes;

    public EmulatedJob(
        string id,
        ImageOrder order,
        string operation,
        DateTimeOffset started,
        TimeSpan duration,
        EmulatorFaultKind? fault,
        MediaStore media)
    {
        (Id, Order, Operation, Started, Duration, Fault) = (id, order, operation, started, duration, fault);
        _images = new Lazy<JsonArray>(() =>
        {
            var images = order.Make(media, withSeed: true);
            Volatile.Write(ref _imageBytes, images.Sum(BytesOf));

            return images;
        });
    }

    public string Id { get; }

    public ImageOrder Order { get; }

    public string Operation { get; }

    public DateTimeOffset Started { get; }

    public TimeSpan Duration { get; }

    public EmulatorFaultKind? Fault { get; }

    /// <summary>The ledger that it was charged to.</summary>
    public required EmulatorLedger Ledger { get; init; }

    /// <summary>The entry of the ledger.</summary>
    public int? Charge { get; init; }

    public Uri? Webhook { get; init; }

    /// <summary>Runs until the job ends.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>About how many bytes of memory it takes: the order, and the images that are inline.</summary>
    public long Bytes => Order.Bytes + Volatile.Read(ref _imageBytes);

    public bool IsCompleted => JobStages.After(Fault) == JobStages.Completed;

    public bool HasEnded(DateTimeOffset now) => _hasEnded || now - Started >= Duration;

    /// <summary>Ends it. What follows from that is done once, and has been done when this returns.</summary>
    public void End(Action<EmulatedJob> follow)
    {
        lock (_ending)
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                follow(this);
            }
        }
    }

    private static long BytesOf(JsonNode? image)
    {
        var text = (image as JsonObject)?.Text("b64_json");
        return (text?.Length ?? 0) * (long)sizeof(char);
    }

    /// <summary>The body of the response to a poll.</summary>
    public JsonObject State(DateTimeOffset now)
    {
        var hasEnded = HasEnded(now);
        var state = new JsonObject
        {
            ["id"] = Id,
            ["created"] = Started.ToUnixTimeSeconds(),
            ["model"] = Order.Model.Id,
            ["status"] = hasEnded ? JobStages.After(Fault) : JobStages.While(now - Started, Duration, Fault),
            ["execution"] = new JsonObject
            {
                ["mode"] = Order.Model.Has(ModelTraits.Async) ? "async" : "sync",
                ["operation"] = Operation,
                ["provider"] = Order.Model.Provider,
            },
            ["data"] = hasEnded && IsCompleted ? _images.Value.DeepClone() : new JsonArray(),
        };

        if (!hasEnded)
        {
            state["poll_url"] = $"/v1/images/jobs/{Id}";
            state["estimated_time"] = Math.Round((Duration - (now - Started)).TotalSeconds, 1);
        }
        else if (Fault == EmulatorFaultKind.JobFailed)
        {
            state["error"] = new JsonObject
            {
                ["message"] = "The emulator was asked to fail this job.",
                ["type"] = "api_error",
                ["code"] = "generation_failed",
                ["details"] = new JsonObject { ["charged"] = false },
            };
        }

        return state;
    }
}
