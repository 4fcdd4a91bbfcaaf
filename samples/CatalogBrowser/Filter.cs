using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace CatalogBrowser;

/// <summary>Which models are listed.</summary>
internal sealed record Filter(string? Input, string? Output, string? Provider, long? Context, bool Tools, string? Name)
{
    public ModelQuery Apply(ModelQuery query)
    {
        if (Input is not null)
        {
            query.Input(new Modality(Input));
        }

        if (Output is not null)
        {
            query.Output(new Modality(Output));
        }

        if (Provider is not null)
        {
            query.OfProvider(Provider);
        }

        if (Context is { } tokens)
        {
            query.MinContext(tokens);
        }

        if (Tools)
        {
            query.WithTools();
        }

        return Name is null ? query : query.Where(model => model.Id.Contains(Name, StringComparison.OrdinalIgnoreCase));
    }
}
