using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class AudioSpeechRequest : IModelChoice
{
    string? IModelChoice.Model => Model;

    IJsonModel IModelChoice.With(string model)
    {
        var copy = (AudioSpeechRequest)MemberwiseClone();
        copy.Model = model;

        return copy;
    }
}
