using System.Text.Json;
using CCApi.Sdk.Json;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Keeps a part of a response with the content that it was read as, where the content alone could not be sent back: stores of
/// conversations drop the raw representation, and the next request would be rejected for the message of the model.
/// </summary>
internal static class KeptPart
{
    private const string Key = "ccapi.part";

    public static void Keep(AIContent content, Wire.ChatContentPart part)
    {
        if (WireJson.TryParse(ReadableJson.Write(writer => JsonWrite.Model(writer, part))) is { } json)
        {
            (content.AdditionalProperties ??= [])[Key] = json;
        }
    }

    /// <summary>The part; null when the content has none.</summary>
    public static Wire.ChatContentPart? Restore(AIContent content)
    {
        object? value = null;
        content.AdditionalProperties?.TryGetValue(Key, out value);

        return value is JsonElement { ValueKind: JsonValueKind.Object } json
            ? JsonRead.FromElement(json, Wire.ChatContentPart.ReadFrom)
            : null;
    }
}
