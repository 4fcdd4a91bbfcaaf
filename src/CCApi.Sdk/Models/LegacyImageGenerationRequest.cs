using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class LegacyImageGenerationRequest : IModelChoice
{
    string? IModelChoice.Model => Model;

    IJsonModel IModelChoice.With(string model)
    {
        var copy = (LegacyImageGenerationRequest)MemberwiseClone();
        copy.Model = model;

        return copy;
    }
}
