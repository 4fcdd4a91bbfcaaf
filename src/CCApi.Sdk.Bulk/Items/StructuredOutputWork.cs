using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

internal sealed class StructuredOutputWork<T>(ChatCompletionRequest request, JsonTypeInfo<T> type) : ItemWork
{
    public override BulkItemKind Kind => BulkItemKind.StructuredOutput;

    public override byte[] RequestJson() => JsonSerializer.SerializeToUtf8Bytes(request, BulkJson.Default.ChatCompletionRequest);

    public override async Task<ItemResult> SendAsync(ItemContext context)
    {
        var response = await context.Client.Chat.CompleteAsync(request, type, context.Options, context.CancellationToken)
            .ConfigureAwait(false);
        var costs = response.Responses.Select(each => each.Info?.Cost.Amount).Where(cost => cost is not null).ToList();
        return new ItemResult(response.Response!, costs.Count == 0 ? null : costs.Sum())
        {
            Value = response.Value,
            ValueJson = JsonSerializer.Serialize(response.Value, type),
        };
    }

    public override string Write(object response, bool withoutMedia) =>
        JsonSerializer.Serialize((ChatCompletionResponse)response, BulkJson.Default.ChatCompletionResponse);

    public override ItemResult Read(string response, string? value, decimal? cost) =>
        new(JsonSerializer.Deserialize(response, BulkJson.Default.ChatCompletionResponse)!, cost)
        {
            Value = value is null ? default : JsonSerializer.Deserialize(value, type),
            ValueJson = value,
        };
}
