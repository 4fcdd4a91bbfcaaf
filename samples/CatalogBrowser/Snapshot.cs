using CCApi.Sdk;

namespace CatalogBrowser;

/// <summary>The catalog, from the gateway or from a file that keeps it.</summary>
internal static class Snapshot
{
    public static async Task<ModelCatalog> GetAsync(CatalogClient client, FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return await client.GetCatalogAsync(cancellationToken: cancellationToken);
        }

        // A file that is older than a day is used only when the gateway cannot be reached.
        var options = new ModelCatalogOptions { MaxAge = TimeSpan.FromDays(1), MaxStale = TimeSpan.Zero };
        if (file.Exists)
        {
            options.Initial = await ModelCatalog.LoadAsync(file.FullName, cancellationToken: cancellationToken);
        }

        var catalog = await client.GetCatalogAsync(options, cancellationToken: cancellationToken);
        if (!ReferenceEquals(catalog, options.Initial))
        {
            await catalog.SaveAsync(file.FullName, cancellationToken);
        }

        return catalog;
    }
}
