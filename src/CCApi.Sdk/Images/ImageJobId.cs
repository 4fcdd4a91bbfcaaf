using System;

namespace CCApi.Sdk;

/// <summary>Finds the id of a job that an answer names only by its address.</summary>
internal static class ImageJobId
{
    private const string Path = "images/jobs/";

    /// <summary>The id in <c>.../images/jobs/{id}</c>, relative or absolute; null when it is another address, which is not followed.</summary>
    public static string? FromPollUrl(string? pollUrl)
    {
        var path = pollUrl?.Split('?', '#')[0] ?? "";
        var start = path.LastIndexOf(Path, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        var id = Uri.UnescapeDataString(path.Substring(start + Path.Length).Split('/')[0]);
        return string.IsNullOrWhiteSpace(id) ? null : id;
    }
}
