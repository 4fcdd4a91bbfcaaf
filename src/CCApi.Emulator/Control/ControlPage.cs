using System;
using System.Collections.Generic;
using System.IO;

namespace CCApi.Emulator;

/// <summary>The page below <c>/emulator/</c>: three files inside the assembly, which load nothing from elsewhere.</summary>
internal static class ControlPage
{
    /// <summary>What the page may do: its own files and calls, and pictures from this machine.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src http://127.0.0.1:* data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> _mediaTypes = new(StringComparer.Ordinal)
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["page.js"] = "text/javascript; charset=utf-8",
        ["page.css"] = "text/css; charset=utf-8",
    };

    /// <summary>The file of a path; null when it is not one of the page.</summary>
    public static GatewayResponse? Find(string path)
    {
        var name = path == "/" ? "index.html" : path.TrimStart('/');
        if (!_mediaTypes.TryGetValue(name, out var mediaType))
        {
            return null;
        }

        using var file = typeof(ControlPage).Assembly.GetManifestResourceStream($"CCApi.Emulator.Page.{name}")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);

        return GatewayResponse.Bytes(bytes.ToArray(), mediaType).With(
            new("Content-Security-Policy", Policy),
            new("X-Content-Type-Options", "nosniff"),
            new("Cache-Control", "no-store"),
            new("Referrer-Policy", "no-referrer"));
    }
}
