using System;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ModelSummary : IApiResponse, IListItem
{
    // Beside the models: in a list of hundreds, none has one.
    private static readonly ConditionalWeakTable<ModelSummary, CCApiResponseInfo> _infos = new();

    /// <summary>
    /// Status, request id, headers and attempts of the call that retrieved this model alone. Null for a model of a list, which
    /// has its own, and when the object was created manually; never serialized.
    /// </summary>
    [JsonIgnore]
    public CCApiResponseInfo? Info
    {
        get => _infos.TryGetValue(this, out var info) ? info : null;
        set
        {
            _infos.Remove(this);
            if (value is not null)
            {
                _infos.Add(this, value);
            }
        }
    }

    /// <summary>
    /// The id to send as <c>model</c>. Taken from the wire's <c>id</c> or, where a gateway leaves that out, from <c>name</c> or
    /// <c>model</c> (observed); what was sent under those names stays in <see cref="Name"/> and <see cref="Model"/>. Opaque: it may
    /// hold slashes, dots and colons.
    /// </summary>
    [JsonIgnore]
    public string? Id
    {
        get => FirstNonEmpty(_id, Name, Model);
        set => _id = value;
    }

    /// <summary>
    /// <see cref="Created"/> as a date in UTC, whether it was sent in seconds or milliseconds; null when it is missing or 0.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? CreatedAt => UnixTime.ToDate(Created);

    bool IApiResponse.HasPayload => !string.IsNullOrEmpty(Id);

    /// <summary>Reads a model that is not part of a list, and may stand in a member of its own (inferred).</summary>
    internal static ModelSummary? ReadSingle(ref Utf8JsonReader reader)
    {
        var model = ReadFrom(ref reader);
        if (model is null || !string.IsNullOrEmpty(model.Id))
        {
            return model;
        }

        return Wrapping.TakeObject(model.AdditionalProperties, ReadFrom, "data", "result") ?? model;
    }

    bool IListItem.IsItem => !string.IsNullOrEmpty(Id);

    private static string? FirstNonEmpty(string? first, string? second, string? third)
    {
        if (!string.IsNullOrEmpty(first))
        {
            return first;
        }

        if (!string.IsNullOrEmpty(second))
        {
            return second;
        }

        return string.IsNullOrEmpty(third) ? first : third;
    }
}
