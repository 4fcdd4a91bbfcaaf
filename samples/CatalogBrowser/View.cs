using System.Globalization;
using CCApi.Sdk;
using Spectre.Console;

namespace CatalogBrowser;

/// <summary>Shows models: as tables in a terminal, as plain lines with tabs where the output goes elsewhere.</summary>
internal sealed class View(ModelCatalog catalog)
{
    private const string Unknown = "?";

    private readonly bool _isTerminal = !Console.IsOutputRedirected;

    /// <summary>Lists the models of a filter, the cheapest first where a job is given.</summary>
    public int List(Filter filter, Job? job)
    {
        var models = catalog.Find(filter.Apply);
        if (job is not null)
        {
            models = ByPrice(models, job);
        }

        if (models.Count == 0)
        {
            Console.Error.WriteLine("No model of the catalog is like that: use fewer conditions.");
            return 1;
        }

        string[] names = ["Model", "Reads", "Generates", "Context", "Tools", job is null ? "Price" : $"{job.Title} cost"];
        Write(names, models.Select(model => Row(model, job)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{models.Count} of {catalog.Models.Count} models, retrieved at {catalog.RetrievedAt:u}."));
        return 0;
    }

    /// <summary>Finds one model, in any spelling of its id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public CatalogModel Find(string id)
    {
        if (catalog.Find(id) is { } model)
        {
            return model;
        }

        var near = catalog.Near(id);
        var similar = near.Count == 0 ? string.Empty : $"; similar ones are {string.Join(", ", near)}";
        throw new ArgumentException($"There is no model '{id}' in the catalog{similar}.");
    }

    /// <summary>Shows one model.</summary>
    public int Show(CatalogModel model, Job? job)
    {
        var rows = new List<string[]>
        {
            (string[])["Id", model.Id],
            (string[])["Name", model.DisplayName],
            (string[])["Provider", model.Provider ?? Unknown],
            (string[])["Reads", Join(model.InputModalities.Select(modality => modality.Value))],
            (string[])["Generates", Join(model.OutputModalities.Select(modality => modality.Value))],
            (string[])["Context", Number(model.ContextLength)],
            (string[])["Longest output", Number(model.MaxOutputTokens)],
            (string[])["Tools", YesNo(model.SupportsTools)],
            (string[])["JSON", YesNo(model.SupportsJsonMode)],
        };
        rows.AddRange(model.Price.Rates.Select(rate => (string[])[$"Price: {rate.Item}", rate.ToString()]));
        rows.AddRange(model.Price.Issues.Select(issue => (string[])["Not read", issue.ToString()]));
        if (job is not null)
        {
            rows.Add([$"{job.Title} cost", Cost(model, job)]);
        }

        Write(["", ""], rows);
        return 0;
    }

    private static List<CatalogModel> ByPrice(IReadOnlyList<CatalogModel> models, Job job) =>
    [
        .. models
            .Select(model => (Model: model, Quote: model.Price.Quote(job.Usage)))
            .Where(entry => entry.Quote.Amount is not null)
            .OrderBy(entry => entry.Quote.Currency, StringComparer.Ordinal)
            .ThenBy(entry => entry.Quote.Amount)
            .Select(entry => entry.Model),
    ];

    private static string[] Row(CatalogModel model, Job? job) =>
    [
        model.Id,
        Join(model.InputModalities.Select(modality => modality.Value)),
        Join(model.OutputModalities.Select(modality => modality.Value)),
        Number(model.ContextLength),
        YesNo(model.SupportsTools),
        job is null ? model.Price.ToString() : Cost(model, job),
    ];

    private static string Cost(CatalogModel model, Job job)
    {
        var quote = model.Price.Quote(job.Usage);
        return quote.Amount is { } amount
            ? string.Create(CultureInfo.InvariantCulture, $"{amount:0.##########} {quote.Currency}")
            : $"unknown: {quote.Reason}";
    }

    private void Write(string[] names, IEnumerable<string[]> rows)
    {
        if (!_isTerminal)
        {
            WriteLines(names, rows);
            return;
        }

        var table = new Table().AddColumns(names.Select(Markup.Escape).ToArray());
        foreach (var row in rows)
        {
            table.AddRow(row.Select(Markup.Escape).ToArray());
        }

        AnsiConsole.Write(table);
    }

    private static void WriteLines(string[] names, IEnumerable<string[]> rows)
    {
        var hasNames = names.Any(name => name.Length > 0);
        foreach (var row in hasNames ? rows.Prepend(names) : rows)
        {
            Console.WriteLine(string.Join('\t', row));
        }
    }

    private static string Join(IEnumerable<string> values) => string.Join(", ", values) is { Length: > 0 } text ? text : Unknown;

    private static string Number(long? number) => number is { } known ? known.ToString("#,0", CultureInfo.InvariantCulture) : Unknown;

    private static string YesNo(bool? value) => value switch { true => "yes", false => "no", null => Unknown };
}
