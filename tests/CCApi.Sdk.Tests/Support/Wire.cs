using System;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Reads and writes through the public door: the source-generated contracts.</summary>
internal static class Wire
{
    private static readonly CCApiJsonContext _relaxed = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static T Read<T>(string json) => (T)Read(typeof(T), json)!;

    public static T Read<T>(byte[] json) => (T)Read(typeof(T), json)!;

    public static object? Read(Type type, string json) => Read(type, Encoding.UTF8.GetBytes(json));

    public static object? Read(Type type, byte[] json) => JsonSerializer.Deserialize(json, TypeInfo(type, CCApiJsonContext.Default));

    /// <summary>The JSON as a request is written: with the relaxed encoder.</summary>
    public static string Write(object value) => Write(value, _relaxed);

    /// <summary>The JSON as a program writes it that knows nothing of encoders.</summary>
    public static string WriteEscaped(object value) => Write(value, CCApiJsonContext.Default);

    /// <summary>A text as JSON.</summary>
    public static string Quote(string text) => Write(new ChatMessage { Name = text }).Substring("{\"name\":".Length).TrimEnd('}');

    private static string Write(object value, CCApiJsonContext context) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo(value.GetType(), context)));

    private static JsonTypeInfo TypeInfo(Type type, CCApiJsonContext context) =>
        context.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is not in {nameof(CCApiJsonContext)}.");
}
