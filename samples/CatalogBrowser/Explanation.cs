using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace CatalogBrowser;

/// <summary>What a call of a model would send and may cost. Nothing is sent for it.</summary>
internal static class Explanation
{
    private const string Text = "Say hello.";

    /// <summary>Explains a chat completion, speech or images, by what the model generates.</summary>
    public static CallExplanation Of(CCApiClient client, CatalogModel model, long? maxTokens, long? images)
    {
        if (model.OutputModalities.Contains(Modality.Image))
        {
            return client.Explain(new LegacyImageGenerationRequest { Model = model.Id, Prompt = Text, N = images });
        }

        if (model.OutputModalities.Contains(Modality.Audio))
        {
            return client.Explain(new AudioSpeechRequest { Model = model.Id, Input = Text, Voice = "aria" });
        }

        return client.Explain(new ChatCompletionRequest { Model = model.Id, Messages = [ChatMessage.User(Text)], MaxTokens = maxTokens });
    }
}
