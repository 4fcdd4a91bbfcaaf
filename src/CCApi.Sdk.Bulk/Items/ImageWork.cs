using System;
using System.Collections.Generic;
using System.Globalization;
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

        // A poll is free: of a job that an earlier run started, only what its state reports is known.
        var computed = context.JobId is null ? response.Info?.Cost.Amount : null;
        return new ItemResult(response, ReportedCost(response.AdditionalProperties) ?? computed);
    }

    public override string Write(object response, bool withoutMedia)
    {
        var images = (MultimodalImageGenerationResponse)response;
        return ImageFiles.WriteWithout(
            images.Data, withoutMedia, () => JsonSerializer.Serialize(images, BulkJson.Default.MultimodalImageGenerationResponse));
    }

    public override ItemResult Read(string response, string? value, decimal? cost) =>
        new(JsonSerializer.Deserialize(response, BulkJson.Default.MultimodalImageGenerationResponse)!, cost);

    public override Task<IReadOnlyList<string>> SaveAsync(
        CCApiClient client, object response, string path, CancellationToken cancellationToken) =>
        ImageFiles.SaveAsync(client, ((MultimodalImageGenerationResponse)response).Data, path, cancellationToken);

    /// <summary>The <c>credits_charged</c> or <c>cost</c> of a response that does not document one; a number or a text.</summary>
    internal static decimal? ReportedCost(IDictionary<string, JsonElement>? members)
    {
        foreach (var name in (ReadOnlySpan<string>)["credits_charged", "cost"])
        {
            if (members?.TryGetValue(name, out var value) == true
                && value.ValueKind is JsonValueKind.Number or JsonValueKind.String
                && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var cost))
            {
                return cost;
            }
        }

        return null;
    }
}
