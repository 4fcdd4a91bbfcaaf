using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace CCApi.Sdk.Json;

/// <summary>Repairs what models get wrong in otherwise valid JSON.</summary>
internal static class JsonRepair
{
    /// <summary>Escapes raw control characters, such as line feeds, inside strings. Null when there is none.</summary>
    public static byte[]? EscapeControlCharacters(ReadOnlySpan<byte> json)
    {
        List<byte>? repaired = null;
        var isInString = false;

        for (var at = 0; at < json.Length; at++)
        {
            var current = json[at];
            if (isInString && current < ' ')
            {
                repaired ??= [.. json.Slice(0, at).ToArray()];
                repaired.AddRange(Encoding.ASCII.GetBytes(
                    string.Format(CultureInfo.InvariantCulture, "\\u{0:x4}", current)));
                continue;
            }

            repaired?.Add(current);
            var isEscape = isInString
                && current == '\\'
                && at + 1 < json.Length
                && json[at + 1] >= ' ';

            if (isEscape)
            {
                at++;
                repaired?.Add(json[at]);
            }
            else if (current == '"')
            {
                isInString = !isInString;
            }
        }

        return repaired?.ToArray();
    }
}
