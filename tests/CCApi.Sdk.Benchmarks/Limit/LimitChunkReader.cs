using System;
using System.Text.Json;

namespace CCApi.Sdk.Benchmarks;

/// <summary>Reads chunks; what repeats from chunk to chunk is one string.</summary>
internal sealed class LimitChunkReader
{
    private string? _id;
    private string? _model;

    public LimitCompletion Read(ReadOnlySpan<byte> data)
    {
        var chunk = new LimitCompletion();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                chunk.Id = Same(ref reader, ref _id);
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                chunk.Model = Same(ref reader, ref _model);
            }
            else if (reader.ValueTextEquals("created"u8))
            {
                reader.Read();
                chunk.Created = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("choices"u8))
            {
                reader.Read();
                LimitJson.ReadChoices(ref reader, chunk);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                LimitJson.ReadUsage(ref reader, chunk);
            }
            else
            {
                reader.Skip();
            }
        }

        return chunk;
    }

    private static string? Same(ref Utf8JsonReader reader, ref string? last) =>
        last is not null && reader.ValueTextEquals(last) ? last : last = reader.GetString();
}
