using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.Fuzz;

/// <summary>Where inputs are read from and left.</summary>
internal static class FuzzFiles
{
    /// <summary>The folder of this project.</summary>
    public static string Project { get; } = FindProject();

    public static IReadOnlyList<byte[]> Seeds(string target) => [.. Files(Path.Combine(Project, "seeds", target)).Select(File.ReadAllBytes)];

    /// <summary>The files of a folder in their order, or the one file.</summary>
    public static IReadOnlyList<string> Files(string path) =>
        Directory.Exists(path) ? [.. Directory.GetFiles(path).Where(file => Path.GetFileName(file) != "README.txt").Order(StringComparer.Ordinal)] : [path];

    /// <summary>The words of AFL's dictionary; there may be none.</summary>
    public static IReadOnlyList<byte[]> Words(string target)
    {
        var file = Path.Combine(Project, "dictionaries", $"{target}.dict");
        return File.Exists(file) ? [.. File.ReadLines(file).Where(line => line.Length > 2).Select(line => Unquote(line[1..^1]))] : [];
    }

    /// <summary>Keeps an input that is a finding, and returns where.</summary>
    public static string Keep(string target, long execution, byte[] input)
    {
        var folder = Path.Combine(Project, "../../artifacts/fuzz", target, "findings");
        Directory.CreateDirectory(folder);
        var file = Path.GetFullPath(Path.Combine(folder, FormattableString.Invariant($"{execution:d10}")));
        File.WriteAllBytes(file, input);
        return file;
    }

    private static byte[] Unquote(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[i + 1] == 'x')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([text[i]]));
            }
        }

        return [.. bytes];
    }

    /// <summary>The folder of the project, above the program or the working directory.</summary>
    private static string FindProject()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var project = Path.Combine(folder.FullName, "tests/CCApi.Sdk.Fuzz");
                if (Directory.Exists(Path.Combine(project, "seeds")))
                {
                    return project;
                }
            }
        }

        throw new DirectoryNotFoundException("tests/CCApi.Sdk.Fuzz/seeds is not above the program; run it within the repository.");
    }
}
