using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

internal sealed class LegacyImageWork(LegacyImageGenerationRequest request) : ItemWork
{
    public override BulkItemKind Kind => BulkItemKind.LegacyImage;

    public override bool HasMedia => true;

    public override byte[] RequestJson() => JsonSerializer.SerializeToUtf8Bytes(request, BulkJson.Default.LegacyImageGenerationRequest);

    public override async Task<ItemResult> SendAsync(ItemContext context)
    {
        var response = await context.Client.Images.GenerateAsync(request, context.Options, context.CancellationToken).ConfigureAwait(false);
        return new ItemResult(response, response.Info?.Cost);
    }

    public override string Write(object response, bool withoutMedia)
    {
        var images = (LegacyImageGenerationResponse)response;
        return ImageFiles.WriteWithout(
            images.Data, withoutMedia, () => JsonSerializer.Serialize(images, BulkJson.Default.LegacyImageGenerationResponse));
    }

    public override ItemResult Read(string response, string? value) =>
        new(Read(response, BulkJson.Default.LegacyImageGenerationResponse));

    public override Task<IReadOnlyList<string>> SaveAsync(
        CCApiClient client, object response, string path, CancellationToken cancellationToken) =>
        ImageFiles.SaveAsync(client, ((LegacyImageGenerationResponse)response).Data, path, cancellationToken);
}
