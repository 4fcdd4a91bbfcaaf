using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What a model makes, as far as its prices depend on it. A model of unknown type makes text, as most do.</summary>
/// <param name="MakesText">Whether it makes text.</param>
/// <param name="MakesImages">Whether it makes images.</param>
internal readonly record struct PriceModelKind(bool MakesText, bool MakesImages)
{
    public static PriceModelKind Of(ModelSummary model)
    {
        var outputs = ModelFacts.OutputModalities(model);
        if (outputs.Count == 0)
        {
            return new PriceModelKind(true, false);
        }

        return new PriceModelKind(outputs.Contains(Modality.Text), outputs.Contains(Modality.Image));
    }
}
