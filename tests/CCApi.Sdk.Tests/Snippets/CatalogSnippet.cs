using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class CatalogSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var catalog = await client.Catalog.GetCatalogAsync();

        var models = catalog.Find(query => query
            .Input(Modality.Image)
            .MinContext(100_000)
            .WithTools()
            .CheapestFor(promptTokens: 2000, completionTokens: 500));

        foreach (var model in models)
        {
            Console.WriteLine($"{model.Id}: {model.Price.Quote(PricedUsage.ForTokens(2000, 500))}");
        }
        #endregion
    }
}
