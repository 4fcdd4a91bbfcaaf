using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Saves a stream as a file, completely or not at all; over another file only with MediaSaveOptions.Overwrite.</summary>
internal static class MediaFile
{
    private const int BufferSize = 80 * 1024;

    /// <summary>Saves, and returns the path of the file.</summary>
    /// <param name="source">The bytes; not disposed of.</param>
    /// <param name="path">
    /// With an extension: used as given. Without: the real type's is appended. A folder that exists: a name is made up in it.
    /// </param>
    /// <param name="options">Whether to replace a file, how large it may be, and what receives the progress.</param>
    /// <param name="cancellationToken">Cancels the saving and leaves nothing behind.</param>
    public static async Task<string> SaveAsync(
        MediaStream source, string path, MediaSaveOptions? options, CancellationToken cancellationToken)
    {
        var target = Target(path, MediaType.Extension(source.MediaType) ?? ".bin");
        CheckFree(target, options);
        if (source.ContentLength > options?.MaxBytes)
        {
            throw TooLarge(options);
        }

        var folder = Path.GetDirectoryName(target)!;
        var made = new CreatedFolders(folder);
        var temporary = Temporary(folder);

        try
        {
            await WriteAsync(source, temporary, options, cancellationToken).ConfigureAwait(false);
            Move(temporary, target, options?.Overwrite == true);

            return target;
        }
        catch
        {
            Delete(temporary);
            made.RemoveEmpty();
            throw;
        }
    }

    /// <summary>The full path of the file to write.</summary>
    internal static string Target(string path, string extension)
    {
        var full = Path.GetFullPath(path);
        if (IsFolder(path))
        {
            return Path.Combine(full, $"ccapi-{Guid.NewGuid():N}{extension}");
        }

        if (MediaType.ExtensionOfPath(full).Length > 0)
        {
            return full;
        }

        return full + extension;
    }

    /// <summary>Whether a path names a folder, where names are made up, and not a file.</summary>
    internal static bool IsFolder(string path)
    {
        var last = path[path.Length - 1];
        var endsInSeparator = last == Path.DirectorySeparatorChar || last == Path.AltDirectorySeparatorChar;

        return endsInSeparator || Directory.Exists(path);
    }

    /// <summary>The path of one of several files: numbered from 1, unless it names a folder or there is only one.</summary>
    internal static string Numbered(string path, int number, int count)
    {
        if (count == 1 || IsFolder(path))
        {
            return path;
        }

        var extension = MediaType.ExtensionOfPath(path);

        return FormattableString.Invariant(
            $"{path.Substring(0, path.Length - extension.Length)}-{number}{extension}");
    }

    /// <summary>Finds out what cannot be saved before it is made and paid for.</summary>
    /// <param name="path">As for saving.</param>
    /// <param name="count">How many files there will be.</param>
    /// <param name="extension">The likely one, where the path has none.</param>
    /// <param name="options">Whether files are replaced.</param>
    internal static void CheckBefore(string path, int count, string extension, MediaSaveOptions? options)
    {
        var target = Target(path, extension);
        for (var number = 1; number <= count; number++)
        {
            CheckFree(Numbered(target, number, count), options);
        }

        CheckWritable(Path.GetDirectoryName(target)!);
        CheckName(Numbered(target, count, count));
    }

    /// <summary>Throws when the file system takes no such name, as a name that is too long.</summary>
    private static void CheckName(string target)
    {
        try
        {
            File.GetAttributes(target);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // A name that can be used, or a folder that the next check is for.
        }
    }

    /// <summary>Tries it: permissions, mounts and quotas have too many rules to read.</summary>
    private static void CheckWritable(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            if (File.Exists(folder))
            {
                throw new IOException($"{folder} is a file, not a folder: choose another path.");
            }

            folder = parent;
        }

        using var file = new FileStream(
            Temporary(folder),
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 1,
            FileOptions.DeleteOnClose);
    }

    /// <summary>What fails here must not hide why the saving failed.</summary>
    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its folder is gone, or may no longer be written to.
        }
    }

    private static string Temporary(string folder) => Path.Combine(folder, $"ccapi-{Guid.NewGuid():N}.tmp");

    private static void CheckFree(string target, MediaSaveOptions? options)
    {
        if (Directory.Exists(target))
        {
            throw new IOException($"{target} is a folder: choose another name.");
        }

        if (options?.Overwrite != true && File.Exists(target))
        {
            throw Exists(target);
        }
    }

    private static async Task WriteAsync(
        Stream source, string path, MediaSaveOptions? options, CancellationToken cancellationToken)
    {
        using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, useAsync: true);
        var buffer = new byte[BufferSize];
        var total = 0L;

        while (await source.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            total += read;
            if (total > options?.MaxBytes)
            {
                throw TooLarge(options);
            }

            await file.WriteSomeAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            options?.Progress?.Report(total);
        }

        FlushToDisk(file);
    }

    /// <summary>Before the file gets its name, so that a machine that loses its power has all of it under that name, or nothing.</summary>
    private static void FlushToDisk(FileStream file) => file.Flush(flushToDisk: true);

    private static void Move(string temporary, string target, bool overwrite)
    {
        if (overwrite)
        {
            FileMove.Over(temporary, target);
            return;
        }

        try
        {
            FileMove.ToFreeName(temporary, target);
        }
        catch (IOException) when (File.Exists(target))
        {
            throw Exists(target);
        }
    }

    private static IOException Exists(string path) =>
        new($"{path} exists: set MediaSaveOptions.Overwrite, or choose another name.");

    private static CCApiProtocolException TooLarge(MediaSaveOptions options) =>
        new(FormattableString.Invariant(
            $"The file is larger than MediaSaveOptions.MaxBytes ({options.MaxBytes}); nothing was saved."));
}
