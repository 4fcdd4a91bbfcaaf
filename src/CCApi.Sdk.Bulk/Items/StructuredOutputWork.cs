using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

internal sealed class StructuredOutputWork<T>(ChatCompletionRequest request, JsonTypeInfo<T> type) : ItemWork
{
    public override BulkItemKind Kind => BulkItemKind.StructuredOutput;

    /// <summary>The request and the schema of the type, which is sent with it.</summary>
    public override byte[] RequestJson()
    {
        var json = JsonSerializer.Serialize(request, BulkJson.Default.ChatCompletionRequest);
        var shape = JsonShape<T>.Of(type);
        return Encoding.UTF8.GetBytes($"{json}\n{shape.Name}\n{shape.Schema.GetRawText()}");
    }

    public override async Task<ItemResult> SendAsync(ItemContext context)
    {
        var response = await context.Client.Chat.CompleteAsync(request, type, context.Options, context.CancellationToken)
            .ConfigureAwait(false);
        var cost = CCApiCost.Sum(response.Responses.Select(each => each.Info));
        return new ItemResult(response.Response!, cost)
        {
            Value = response.Value,
            ValueJson = JsonSerializer.Serialize(response.Value, type),
        };
    }

    public override string Write(object response, bool withoutMedia) =>
        JsonSerializer.Serialize((ChatCompletionResponse)response, BulkJson.Default.ChatCompletionResponse);

    public override ItemResult Read(string response, string? value) =>
        new(Read(response, BulkJson.Default.ChatCompletionResponse))
        {
            Value = value is null ? default : JsonSerializer.Deserialize(value, type),
            ValueJson = value,
        };
}
