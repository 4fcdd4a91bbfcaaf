using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

internal sealed class ImageWork(MultimodalImageGenerationRequest request) : ItemWork
{
    public override BulkItemKind Kind => BulkItemKind.Image;

    public override bool HasMedia => true;

    public override byte[] RequestJson() => JsonSerializer.SerializeToUtf8Bytes(request, BulkJson.Default.MultimodalImageGenerationRequest);

    public override async Task<ItemResult> SendAsync(ItemContext context)
    {
        var images = context.Client.Images;
        var job = context.JobId is { } id
            ? images.ResumeJob(id, context.Options)
            : await images.StartAsync(request, context.Options, context.CancellationToken).ConfigureAwait(false);
        if (context.JobId is null && job.Id is { } started)
        {
            await context.SaveJob(started).ConfigureAwait(false);
        }

        var response = await job.WaitAsync(cancellationToken: context.CancellationToken).ConfigureAwait(false);

        return new ItemResult(response, CostOf(response, isResumed: context.JobId is not null));
    }

    public override string Write(object response, bool withoutMedia)
    {
        var images = (MultimodalImageGenerationResponse)response;
        return ImageFiles.WriteWithout(
            images.Data, withoutMedia, () => JsonSerializer.Serialize(images, BulkJson.Default.MultimodalImageGenerationResponse));
    }

    public override ItemResult Read(string response, string? value) =>
        new(Read(response, BulkJson.Default.MultimodalImageGenerationResponse));

    public override Task<IReadOnlyList<string>> SaveAsync(
        CCApiClient client, object response, string path, CancellationToken cancellationToken) =>
        ImageFiles.SaveAsync(client, ((MultimodalImageGenerationResponse)response).Data, path, cancellationToken);

    /// <summary>
    /// The cost of a job. Of one that an earlier run started only what its state reports is known: its request, which decides about the
    /// price, was that of another process.
    /// </summary>
    private static CCApiCost? CostOf(MultimodalImageGenerationResponse response, bool isResumed)
    {
        var cost = response.Info?.Cost;
        return isResumed && cost?.Source != CostSource.Reported ? null : cost;
    }
}
