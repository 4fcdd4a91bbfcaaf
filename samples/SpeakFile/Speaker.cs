using System.Globalization;
using System.Text;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Spectre.Console;

namespace SpeakFile;

/// <summary>Reads the text, and writes the speech while its progress is shown.</summary>
internal static class Speaker
{
    /// <exception cref="ArgumentException">It is not a text, or there is nothing in it.</exception>
    public static string Read(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
        {
            throw new ArgumentException($"{file} is a folder: name a text file in it.");
        }

        try
        {
            using var reader = new StreamReader(
                file.FullName,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            var text = reader.ReadToEnd();
            if (text.Contains('\0'))
            {
                throw new ArgumentException($"{file} is not a text file.");
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                throw new ArgumentException($"{file} is empty: there is nothing to speak.");
            }

            return text;
        }
        catch (DecoderFallbackException exception)
        {
            throw new ArgumentException($"{file} is not in UTF-8: save it so, or give another file.", exception);
        }
    }

    /// <summary>
    /// The path without a number. Without an extension, the SDK appends the one of what really came; a full stop in the name of
    /// the text is none.
    /// </summary>
    public static string PathFor(FileInfo? text, string? target)
    {
        var name = text is null ? "welcome" : Path.GetFileNameWithoutExtension(text.Name).Replace('.', '-');
        if (target is null)
        {
            return Path.Combine(text?.DirectoryName ?? "speakfile-files", name);
        }

        var isFolder = Directory.Exists(target) || Path.EndsInDirectorySeparator(target);
        return isFolder ? Path.Combine(target, name) : target;
    }

    public static async Task SpeakAsync(
        AudioClient audio,
        AudioSpeechRequest request,
        IReadOnlyList<string> pieces,
        string path,
        bool overwrite,
        CancellationToken cancellationToken)
    {
        // The files are in the same folder, so the list needs only their names.
        var list = pieces.Count == 1 ? null : Path.GetFullPath(Path.ChangeExtension(path, ".m3u"));
        if (!overwrite && File.Exists(list))
        {
            throw new IOException($"{list} exists: add --overwrite, or choose another name with --out.");
        }

        var files = new List<string>();
        await AnsiConsole.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("speaking", maxValue: pieces.Sum(piece => piece.Length));
            foreach (var piece in pieces)
            {
                var number = files.Count + 1;
                request.Input = piece;

                var saveOptions = new MediaSaveOptions
                {
                    Overwrite = overwrite,
                    Progress = new Progress<long>(bytes => task.Description = $"piece {number} of {pieces.Count}: {bytes:#,0} bytes"),
                };
                files.Add(await audio.SpeakToFileAsync(
                    request,
                    Numbered(path, number, pieces.Count),
                    saveOptions,
                    cancellationToken: cancellationToken));
                task.Increment(piece.Length);
            }
        });

        foreach (var file in files)
        {
            Console.WriteLine(
                $"{Path.GetExtension(file).TrimStart('.')}, {new FileInfo(file).Length:#,0} bytes: {file}");
        }

        if (list is not null)
        {
            await File.WriteAllLinesAsync(list, files.Select(file => Path.GetFileName(file)!), cancellationToken);
            Console.WriteLine($"The text was too long for one file. This list plays all of them in order: {list}");
        }
    }

    /// <summary>With as many digits as the last number, so that folders show them in order.</summary>
    private static string Numbered(string path, int number, int count)
    {
        var extension = Path.GetExtension(path);
        var digits = number.ToString(
            $"D{count.ToString(CultureInfo.InvariantCulture).Length}", CultureInfo.InvariantCulture);
        return count == 1 ? path : $"{path[..^extension.Length]}-{digits}{extension}";
    }
}
