using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Snippets;

internal static class CatalogSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        await foreach (var model in client.Catalog.EnumerateModelsAsync(new ModelListQuery { Type = "image" }))
        {
            Console.WriteLine($"{model.Id}  {model.Ccapi?.Pricing}");
        }
        #endregion
    }
}
