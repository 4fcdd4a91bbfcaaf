using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

internal sealed class ChatWork(ChatCompletionRequest request) : ItemWork
{
    public override BulkItemKind Kind => BulkItemKind.Chat;

    public override byte[] RequestJson() => JsonSerializer.SerializeToUtf8Bytes(request, BulkJson.Default.ChatCompletionRequest);

    public override async Task<ItemResult> SendAsync(ItemContext context)
    {
        var response = await context.Client.Chat.CompleteAsync(request, context.Options, context.CancellationToken).ConfigureAwait(false);
        return new ItemResult(response, response.Info?.Cost);
    }

    public override string Write(object response, bool withoutMedia) =>
        JsonSerializer.Serialize((ChatCompletionResponse)response, BulkJson.Default.ChatCompletionResponse);

    public override ItemResult Read(string response, string? value) =>
        new(Read(response, BulkJson.Default.ChatCompletionResponse));
}
