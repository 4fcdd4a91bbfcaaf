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

        var table = new Table().AddColumns("Model", "Type", "Context", "Cost of a job");
        foreach (var model in models.Take(Rows))
        {
            table.AddRow(
                Markup.Escape(model.Id ?? "?"),
                model.Ccapi?.Type?.Value ?? string.Empty,
                $"{model.Ccapi?.Capabilities?.ContextLength:#,0}",
                Markup.Escape(CostOfAJob(model)));
        }

        AnsiConsole.Write(table);
        Console.WriteLine("A job is 2,000 + 500 tokens, an image, or 1,000 characters of speech.");

        var providers = await client.Catalog.ListProvidersAsync();
        Console.WriteLine($"{models.Count} models of {providers.Data?.Count ?? 0} providers.");

        if (providers.Data is [{ Name: { } name }, ..])
        {
            var provider = await client.Catalog.GetProviderAsync(name);
            Console.WriteLine($"{provider.DisplayName ?? name} serves {provider.Models?.Count ?? 0} of them.");
        }
    }

    private static string CostOfAJob(ModelSummary model)
    {
        var job = model.Ccapi?.Type?.Value switch
        {
            "image" => PricedUsage.ForImages(1),
            "audio" => PricedUsage.ForCharacters(1000),
            _ => PricedUsage.ForTokens(2000, 500),
        };
        var quote = ModelPrice.Read(model).Quote(job);

        return quote.Amount is { } amount ? $"{amount:0.######} {quote.Currency}" : "unknown";
    }
}
