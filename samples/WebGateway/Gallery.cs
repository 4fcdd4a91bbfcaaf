using System.Collections.Concurrent;
using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace WebGateway;

/// <summary>Brings webhooks and the pages that wait for them together, and keeps the images until the program ends.</summary>
internal sealed class Gallery(ImagesClient images) : IDisposable
{
    public const string Path = "/files";

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Landing>> _landings = new(StringComparer.Ordinal);

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("web-gateway-");

    /// <summary>Waits for the webhook of a job, which may have come already.</summary>
    public Task<Landing> WaitAsync(string id, CancellationToken cancellationToken) => Of(id).Task.WaitAsync(cancellationToken);

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

    private TaskCompletionSource<Landing> Of(string id) => _landings.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
