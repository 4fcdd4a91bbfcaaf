using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Saves a stream as a file: whole or not at all, never over another file unless told.</summary>
internal static class MediaFile
{
    private const int BufferSize = 80 * 1024;

    /// <summary>Saves, and returns the path of the file.</summary>
    /// <param name="source">The bytes; not disposed of.</param>
    /// <param name="path">With an extension: used as given. Without: the real type's is appended. A folder that exists: a name is made up in it.</param>
    /// <param name="mediaType">What the answer says that it is; what the bytes show wins, where they do.</param>
    /// <param name="options">Whether to replace a file, and how large it may be.</param>
    /// <param name="cancellationToken">Cancels the saving and leaves nothing behind.</param>
    public static async Task<string> SaveAsync(Stream source, string path, string? mediaType, MediaSaveOptions? options, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var first = await FillAsync(source, buffer, cancellationToken).ConfigureAwait(false);
        var extension = MediaType.Extension(MediaType.Of(buffer.AsSpan(0, Math.Min(first, MediaType.SniffLength)), mediaType)) ?? ".bin";
        var target = Target(path, extension);
        if (options?.Overwrite != true && File.Exists(target))
        {
            throw Exists(target);
        }

        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $"ccapi-{Guid.NewGuid():N}.tmp");
        try
        {
            await WriteAsync(source, temporary, buffer, first, options?.MaxBytes, cancellationToken).ConfigureAwait(false);
            Move(temporary, target, options?.Overwrite == true);
            return target;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The full path of the file to write.</summary>
    internal static string Target(string path, string extension)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) || path[path.Length - 1] == Path.DirectorySeparatorChar || path[path.Length - 1] == Path.AltDirectorySeparatorChar)
        {
            return Path.Combine(full, $"ccapi-{Guid.NewGuid():N}{extension}");
        }

        return Path.HasExtension(full) ? full : full + extension;
    }

    private static async Task WriteAsync(Stream source, string path, byte[] buffer, int filled, long? maxBytes, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, useAsync: true);
        var total = 0L;
        while (filled > 0)
        {
            total += filled;
            if (total > maxBytes)
            {
                throw new CCApiProtocolException(FormattableString.Invariant($"The file is larger than MediaSaveOptions.MaxBytes ({maxBytes}); nothing was saved."));
            }

            await file.WriteSomeAsync(buffer.AsMemory(0, filled), cancellationToken).ConfigureAwait(false);
            filled = await source.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads until there is enough to tell the type.</summary>
    private static async Task<int> FillAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < MediaType.SniffLength)
        {
            var read = await source.ReadSomeAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    private static void Move(string temporary, string target, bool overwrite)
    {
        try
        {
#if NETSTANDARD2_0
            if (overwrite && File.Exists(target))
            {
                File.Replace(temporary, target, destinationBackupFileName: null);
                return;
            }

            File.Move(temporary, target);
#else
            File.Move(temporary, target, overwrite);
#endif
        }
        catch (IOException) when (!overwrite && File.Exists(target))
        {
            throw Exists(target);
        }
    }

    private static IOException Exists(string path) => new($"{path} exists: set MediaSaveOptions.Overwrite, or choose another name.");
}
