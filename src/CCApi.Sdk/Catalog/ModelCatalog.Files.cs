using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

public sealed partial class ModelCatalog
{
    private const int BufferSize = 80 * 1024;

    /// <summary>Saves the catalog as JSON, whole or not at all; a file of this name is replaced.</summary>
    /// <param name="path">The path of the file; its folder must exist.</param>
    /// <param name="cancellationToken">Cancels the saving and leaves nothing behind.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        var target = Path.GetFullPath(Require.Text(path, nameof(path)));
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";

        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: true))
            {
                await SaveAsync(file, cancellationToken).ConfigureAwait(false);
#pragma warning disable CA1849 // Only the synchronous form writes through to the disk.
                file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            FileMove.Over(temporary, target);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Saves the catalog as JSON.</summary>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <param name="cancellationToken">Cancels the saving.</param>
    public async Task SaveAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        Require.NotNull(stream, nameof(stream));
        using var buffer = new PooledBuffer();
        CatalogFile.Write(this, buffer);
        await stream.WriteSomeAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads a catalog, for a start without the gateway: pass it as <see cref="ModelCatalogOptions.Initial"/>.</summary>
    /// <param name="path">
    /// The path of what <see cref="SaveAsync(string, CancellationToken)"/> saved, or of a model list of any gateway.
    /// </param>
    /// <param name="prices">How to read prices that state no unit or no currency; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the loading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a model list, or larger than 256 MiB.</exception>
    public static async Task<ModelCatalog> LoadAsync(
        string path, ModelPriceOptions? prices = null, CancellationToken cancellationToken = default)
    {
        using var file = new FileStream(
            Require.Text(path, nameof(path)), FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, useAsync: true);
        return await LoadAsync(file, prices, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads a catalog from a stream, for a start without the gateway.</summary>
    /// <param name="stream">Where to read; it stays open.</param>
    /// <param name="prices">How to read prices that state no unit or no currency; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the loading.</param>
    /// <exception cref="InvalidDataException">It is not a model list, or larger than 256 MiB.</exception>
    public static async Task<ModelCatalog> LoadAsync(
        Stream stream, ModelPriceOptions? prices = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(stream, nameof(stream));
        using var buffer = new PooledBuffer();

        while (await stream.ReadSomeAsync(buffer.GetMemory(BufferSize), cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            buffer.Advance(read);
            if (buffer.Length > CCApiDefaults.MaxResponseBytes)
            {
                throw new InvalidDataException("The file is larger than 256 MiB, which no catalog is: save it again.");
            }
        }

        var (models, retrievedAt) = CatalogFile.Read(buffer.Written);

        return FromModels(models, retrievedAt, prices);
    }
}
