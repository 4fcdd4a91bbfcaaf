using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A catalog as JSON: a model list of the gateway, with the time when it was retrieved.</summary>
internal static class CatalogFile
{
    private const string RetrievedAt = "retrieved_at";

    private static readonly JsonWriterOptions _options = new() { Encoder = CharacterEncoder.Instance };

    public static void Write(ModelCatalog catalog, PooledBuffer buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, _options);
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteString(RetrievedAt, catalog.RetrievedAt.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteStartArray("data");

        foreach (var model in catalog.Models)
        {
            JsonWrite.Model(writer, model.Summary);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote, or a list as gateways send it in any of its forms.</summary>
    /// <exception cref="InvalidDataException">It is not such a list.</exception>
    public static (IReadOnlyList<ModelSummary> Models, DateTimeOffset RetrievedAt) Read(ReadOnlySpan<byte> json)
    {
        json = JsonStart.SkipByteOrderMark(json);
        if (!JsonValues.AreWithin(json, CCApiDefaults.MaxJsonValues))
        {
            throw new InvalidDataException("The file has too many JSON values to be a catalog: save it again.");
        }

        ModelListResponse? list;

        try
        {
            var reader = JsonRead.Of(json);
            reader.Read();
            list = ModelListResponse.ReadFrom(ref reader);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The file is not JSON, or is truncated: save the catalog again.", exception);
        }

        if (list?.Data is { } models)
        {
            return (models, Time(list));
        }

        throw new InvalidDataException("The file has no list of models: save the catalog again.");
    }

    /// <summary>When a list was retrieved; long ago when it does not say.</summary>
    private static DateTimeOffset Time(ModelListResponse list)
    {
        if (list.AdditionalProperties is not { } members || !members.TryGetValue(RetrievedAt, out var stated))
        {
            return DateTimeOffset.MinValue;
        }

        var text = JsonRead.FromElement(stated, JsonRead.Text);
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time);

        return isTime ? time : DateTimeOffset.MinValue;
    }
}
