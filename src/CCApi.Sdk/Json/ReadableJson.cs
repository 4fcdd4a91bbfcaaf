using System;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// Writes JSON text for a model to read, which pays for each character: characters of any script are written as they are.
/// </summary>
internal static class ReadableJson
{
    private static readonly JsonWriterOptions _options = new() { Encoder = CharacterEncoder.Instance };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, _options))
        {
            write(writer);
        }

        return JsonEscapes.Decode(JsonText.Utf8(buffer.WrittenMemory.Span));
    }
}
