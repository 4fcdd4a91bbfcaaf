using System;
using System.IO;

namespace CCApi.Sdk.Models;

/// <summary>Reads the files that go into a request.</summary>
internal static class InputFile
{
    private const string AnyBytes = "application/octet-stream";

    private static readonly (string Extension, string MediaType)[] _documents =
    [
        (".pdf", "application/pdf"), (".txt", "text/plain"), (".md", "text/markdown"), (".csv", "text/csv"),
        (".json", "application/json"), (".html", "text/html"), (".xml", "application/xml"),
    ];

    /// <summary>The bytes of a file, of which there is at least one.</summary>
    /// <param name="path">The file. What does not exist or cannot be read is the platform's exception, which names it.</param>
    /// <param name="parameterName">Whom an error blames.</param>
    /// <param name="checkSize">Looks at the size before it is read.</param>
    public static byte[] Read(string path, string parameterName, Action<long>? checkSize = null)
    {
        Require.Text(path, parameterName);
        if (Directory.Exists(path))
        {
            throw new ArgumentException($"{path} is a folder: name one file in it.", parameterName);
        }

        var file = new FileInfo(path);
        if (file.Exists)
        {
            checkSize?.Invoke(file.Length);
        }

        var bytes = File.ReadAllBytes(path);
        CheckNotEmpty(bytes, path, parameterName);

        return bytes;
    }

    /// <summary>What a file is: what its first bytes show, else what its name indicates.</summary>
    public static string MediaTypeOf(byte[] bytes, string fileName)
    {
        if (bytes.AsSpan().StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        var extension = Path.GetExtension(fileName);

        return MediaType.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, MediaType.SniffLength)))
            ?? Array.Find(_documents, known => known.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase)).MediaType
            ?? AnyBytes;
    }

    public static void CheckNotEmpty(byte[] bytes, string name, string parameterName)
    {
        if (bytes.Length == 0)
        {
            throw new ArgumentException($"{name} is empty.", parameterName);
        }
    }
}
