using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Finds the id of a job that a response names only by its address.</summary>
internal static class ImageJobId
{
    private const string Path = "images/jobs/";

    /// <summary>The id that a response names, else that of its address; null when it has neither.</summary>
    public static string? Of(MultimodalImageGenerationResponse response)
    {
        if (!string.IsNullOrWhiteSpace(response.Id))
        {
            return response.Id;
        }

        return FromPollUrl(response.PollUrl);
    }

    /// <summary>
    /// The id in <c>.../images/jobs/{id}</c>, relative or absolute; null when it is another address, which is not followed.
    /// </summary>
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

    /// <summary>
    /// The path below the base address that a <c>poll_url</c> names; null when it is elsewhere, where nothing is sent.
    /// </summary>
    /// <param name="baseAddress">The address of the gateway; null for a fake, which sends nothing.</param>
    /// <param name="pollUrl">The address, relative or absolute.</param>
    public static string? PathFrom(Uri? baseAddress, string? pollUrl)
    {
        if (baseAddress is null || string.IsNullOrWhiteSpace(pollUrl))
        {
            return null;
        }

        if (!Uri.TryCreate(baseAddress, pollUrl, out var address))
        {
            return null;
        }

        if (!RequestUri.IsSameOrigin(baseAddress, address))
        {
            return null;
        }

        var all = address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        var start = baseAddress.AbsoluteUri;
        var isBelow = all.Length > start.Length && all.StartsWith(start, StringComparison.Ordinal);

        return isBelow ? all.Substring(start.Length) : null;
    }
}
