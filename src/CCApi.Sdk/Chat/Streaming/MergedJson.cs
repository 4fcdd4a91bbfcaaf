using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Writes what was merged.</summary>
internal static class MergedJson
{
    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        var reader = new Utf8JsonReader(buffer.Written);

        return JsonElement.ParseValue(ref reader);
    }

    public static void Members(Utf8JsonWriter writer, MergedMembers members)
    {
        writer.WriteStartObject();
        JsonWrite.Unknown(writer, members.ToMembers());
        writer.WriteEndObject();
    }
}
