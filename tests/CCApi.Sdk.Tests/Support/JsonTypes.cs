using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Types of a caller's own, for calls that the SDK does not model.</summary>
internal static class JsonTypes
{
    private static readonly JsonSerializerOptions _options = new() { TypeInfoResolver = JsonTypeInfoResolver.Combine() };

    public static JsonTypeInfo<JsonElement> Element { get; } = JsonMetadataServices.CreateValueInfo<JsonElement>(_options, JsonMetadataServices.JsonElementConverter);

    public static JsonTypeInfo<int> Number { get; } = JsonMetadataServices.CreateValueInfo<int>(_options, JsonMetadataServices.Int32Converter);

    public static JsonTypeInfo<string> Text { get; } = JsonMetadataServices.CreateValueInfo<string>(_options, JsonMetadataServices.StringConverter);

    public static JsonTypeInfo<ChatMessage> Message { get; } = (JsonTypeInfo<ChatMessage>)CCApiJsonContext.Default.GetTypeInfo(typeof(ChatMessage))!;
}
