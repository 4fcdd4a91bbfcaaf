using System;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Recognizes an event stream by its first bytes where its media type is another (observed).</summary>
internal static class EventStreamStart
{
    /// <summary>Whether a body that starts so is an event stream; null when more of it is needed to decide.</summary>
    public static bool? Matches(ReadOnlySpan<byte> body)
    {
        var start = JsonStart.Of(body);
        var isPartOfMark = body.Length < 3 && "\uFEFF"u8.StartsWith(body);
        if (start.IsEmpty || isPartOfMark)
        {
            return null;
        }

        // As nearly every body starts that is none.
        if (start[0] == (byte)'{')
        {
            return false;
        }

        return Matches(start, ":"u8)
            | Matches(start, "data:"u8)
            | Matches(start, "event:"u8)
            | Matches(start, "id:"u8)
            | Matches(start, "retry:"u8);
    }

    // Null means "may still become one", and the operator above is that of three-valued logic.
    private static bool? Matches(ReadOnlySpan<byte> start, ReadOnlySpan<byte> field)
    {
        if (start.StartsWith(field))
        {
            return true;
        }

        return field.StartsWith(start) ? null : false;
    }
}
