using CCApi.Sdk;
using CCApi.Sdk.Models;
using Spectre.Console;

namespace Quickstart;

/// <summary>Which models are there, and what do they cost?</summary>
internal static class CatalogStep
{
    private const int Rows = 12;

    public static async Task RunAsync(CCApiClient client)
    {
        Output.Title("1. The catalog");

        var models = new List<ModelSummary>();
        await foreach (var model in client.Catalog.EnumerateModelsAsync())
        {
            models.Add(model);
        }

        var table = new Table().AddColumns("Model", "Type", "Context", "Price");
        foreach (var model in models.Take(Rows))
        {
            table.AddRow(
                Markup.Escape(model.Id ?? "?"),
                model.Ccapi?.Type?.Value ?? string.Empty,
                $"{model.Ccapi?.Capabilities?.ContextLength:#,0}",
                Markup.Escape(ModelPrice.Read(model).ToString()));
        }

        AnsiConsole.Write(table);

        var providers = await client.Catalog.ListProvidersAsync();
        Console.WriteLine($"{models.Count} models of {providers.Data?.Count ?? 0} providers.");

        if (providers.Data is [{ Name: { } name }, ..])
        {
            var provider = await client.Catalog.GetProviderAsync(name);
            Console.WriteLine($"{provider.DisplayName ?? name} serves {provider.Models?.Count ?? 0} of them.");
        }
    }
}
