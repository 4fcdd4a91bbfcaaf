using System;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Names a file that has none, because models recognize a file by its extension.</summary>
internal static class FileName
{
    private static readonly (string MediaType, string Extension)[] _known =
    [
        ("application/pdf", ".pdf"), ("application/json", ".json"), ("application/xml", ".xml"),
        ("text/plain", ".txt"), ("text/markdown", ".md"), ("text/csv", ".csv"), ("text/html", ".html"), ("text/xml", ".xml"),
    ];

    public static string Of(string mediaType)
    {
        var known = Array.Find(_known, type => mediaType.StartsWith(type.MediaType, StringComparison.OrdinalIgnoreCase));
        return "file" + (known.Extension ?? (mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? ".txt" : ".bin"));
    }
}
