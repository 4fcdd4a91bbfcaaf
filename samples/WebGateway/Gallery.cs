using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace WebGateway;

/// <summary>Brings webhooks and the pages that wait for them together, and keeps the images until the program ends.</summary>
internal sealed class Gallery(ImagesClient images) : IDisposable
{
    public const string Path = "/files";

    private const int MaxJobs = 1_000;

    private readonly Dictionary<string, TaskCompletionSource<Landing>> _landings = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("web-gateway-");

    /// <summary>Remembers a job that this program started.</summary>
    public void Add(string id) => Of(id);

    /// <summary>Waits for the webhook of a job, which may have been received already; null for the id of a job that is not known.</summary>
    public async Task<Landing?> WaitAsync(string id, CancellationToken cancellationToken)
    {
        Task<Landing>? landing;
        lock (_order)
        {
            landing = _landings.GetValueOrDefault(id)?.Task;
        }

        return landing is null ? null : await landing.WaitAsync(cancellationToken);
    }

    /// <summary>Takes a job that was announced. A webhook may come twice; the second time there is nothing left to do.</summary>
    public async Task LandAsync(MultimodalImageGenerationResponse job, CancellationToken cancellationToken)
    {
        var landing = Of(job.Id!);
        if (landing.Task.IsCompleted)
        {
            return;
        }

        try
        {
            var done = await new ImageJob(images, job).WaitAsync(cancellationToken: cancellationToken);

            // A folder: the SDK makes up the name, with the extension of what really came. Links expire, files here do not.
            var file = await images.SaveAsync(done.Data![0], Folder.FullName, cancellationToken: cancellationToken);
            landing.TrySetResult(new Landing($"{Path}/{System.IO.Path.GetFileName(file)}", Problem: null));
        }
        catch (ImageJobFailedException exception)
        {
            landing.TrySetResult(new Landing(Image: null, exception.Message));
        }
    }

    public void Dispose() => Folder.Delete(recursive: true);

    /// <summary>The landing of a job. The webhook may be received before the response that has its id.</summary>
    private TaskCompletionSource<Landing> Of(string id)
    {
        lock (_order)
        {
            if (_landings.TryGetValue(id, out var known))
            {
                return known;
            }

            if (_order.Count == MaxJobs)
            {
                _landings.Remove(_order.Dequeue(), out var oldest);
                oldest!.TrySetResult(new Landing(Image: null, $"More than {MaxJobs} jobs were started since."));
            }

            var landing = new TaskCompletionSource<Landing>(TaskCreationOptions.RunContinuationsAsynchronously);
            _landings.Add(id, landing);
            _order.Enqueue(id);

            return landing;
        }
    }
}
