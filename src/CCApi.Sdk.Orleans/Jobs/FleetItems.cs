using System.Text.Json;
using CCApi.Sdk.Bulk;

namespace CCApi.Sdk.Orleans;

/// <summary>Items and outcomes between the types of bulk runs and what is stored.</summary>
internal static class FleetItems
{
    /// <exception cref="FleetException">A fleet cannot send it.</exception>
    public static ItemRecord ToRecord(BulkItem? item)
    {
        if (item is null)
        {
            throw FleetException.Of(FleetError.InvalidJob, "An item is null: create items with the methods of BulkItem.");
        }

        if (item.Work.Kind == BulkItemKind.StructuredOutput)
        {
            throw FleetException.Of(
                FleetError.InvalidJob,
                $"Item {item.Id} is structured output, which a fleet cannot send: its type is known to your process only. "
                + "Use BulkItem.Chat with a ResponseFormat, and read the text of the outcome.");
        }

        var request = System.Text.Encoding.UTF8.GetString(item.Work.RequestJson());
        return new ItemRecord { Id = item.Id, Kind = (int)item.Work.Kind, Request = request };
    }

    /// <summary>The operation of an item, ready to be sent.</summary>
    public static ItemWork WorkOf(ItemRecord record) => (BulkItemKind)record.Kind switch
    {
        BulkItemKind.Chat => BulkItem.Chat(record.Id, Read(record.Request, BulkJson.Default.ChatCompletionRequest)).Work,
        BulkItemKind.Speech => BulkItem.Speech(record.Id, Read(record.Request, BulkJson.Default.AudioSpeechRequest)).Work,
        BulkItemKind.Image => BulkItem.Image(record.Id, Read(record.Request, BulkJson.Default.MultimodalImageGenerationRequest)).Work,
        BulkItemKind.LegacyImage => BulkItem.Image(record.Id, Read(record.Request, BulkJson.Default.LegacyImageGenerationRequest)).Work,
        _ => throw FleetException.Of(
            FleetError.InvalidJob, $"Item {record.Id} is of kind {record.Kind}, which this silo does not know: update it."),
    };

    public static BulkOutcome ToOutcome(ResultRecord result)
    {
        var status = StatusOf(result.State);
        return new BulkOutcome
        {
            Id = result.Id,
            Status = status,
            Response = result.Response is null ? null : ReadResponse(result),
            ResponseJson = result.Response,
            Cost = result.Cost,
            JobId = result.JobId,
            Error = status == BulkStatus.Done ? null : new BulkItemException(result.Error ?? MessageOf(result.State)),
        };
    }

    private static BulkStatus StatusOf(FleetItemState state) => state switch
    {
        FleetItemState.Done => BulkStatus.Done,
        FleetItemState.Failed => BulkStatus.Failed,
        FleetItemState.NotSent => BulkStatus.NotSent,
        _ => BulkStatus.InDoubt,
    };

    private static string MessageOf(FleetItemState state) => state == FleetItemState.NotSent
        ? "It was not sent, because the job was stopped or its budget is used up."
        : "Its silo died after it was sent, so that it may have been charged. Compare with the gateway's own list of charges.";

    private static object? ReadResponse(ResultRecord result) => (BulkItemKind)result.Kind switch
    {
        BulkItemKind.Chat => Read(result.Response!, BulkJson.Default.ChatCompletionResponse),
        BulkItemKind.Speech => Read(result.Response!, BulkJson.Default.AudioSpeechResponse),
        BulkItemKind.Image => Read(result.Response!, BulkJson.Default.MultimodalImageGenerationResponse),
        BulkItemKind.LegacyImage => Read(result.Response!, BulkJson.Default.LegacyImageGenerationResponse),
        _ => null,
    };

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(json, type)!;
}
