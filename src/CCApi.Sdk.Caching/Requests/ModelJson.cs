using System;
using System.Buffers;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Caching;

/// <summary>Writes models as the client does.</summary>
internal static class ModelJson
{
    private static readonly JsonWriterOptions _options = new() { Encoder = CharacterEncoder.Instance, SkipValidation = true };

    public static ReadOnlyMemory<byte> Write(IJsonModel model)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, _options))
        {
            model.WriteTo(writer);
        }

        return json.WrittenMemory;
    }
}
