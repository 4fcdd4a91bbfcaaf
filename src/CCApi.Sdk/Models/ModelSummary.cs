using System;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ModelSummary
{
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
