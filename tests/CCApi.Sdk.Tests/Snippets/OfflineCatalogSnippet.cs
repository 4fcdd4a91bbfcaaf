using System.IO;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Snippets;

internal static class OfflineCatalogSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var options = new ModelCatalogOptions();
        if (File.Exists("models.json"))
        {
            options.Initial = await ModelCatalog.LoadAsync("models.json");
        }

        var catalog = await client.Catalog.GetCatalogAsync(options);
        await catalog.SaveAsync("models.json");
        #endregion
    }
}
