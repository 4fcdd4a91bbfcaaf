using System;
using CCApi.Sdk;
using CCApi.Sdk.Extensions.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Makes the facades of CCApi.Sdk available through the abstractions of Microsoft.Extensions.AI.</summary>
public static class CCApiAIExtensions
{
    /// <summary>Creates an <see cref="IChatClient"/> that sends to a chat model of the gateway.</summary>
    /// <param name="client">The chat facade. It is not disposed of with the adapter.</param>
    /// <param name="model">The model of calls whose <see cref="ChatOptions.ModelId"/> is null, such as <c>openai/gpt-4o-mini</c>.</param>
    /// <returns>
    /// A thread-safe adapter. Its <see cref="IChatClient.GetService"/> returns the <see cref="ChatClient"/> and the
    /// <see cref="ChatClientMetadata"/>.
    /// </returns>
    /// <remarks>
    /// A call throws what the facade throws, see <see cref="CCApiException"/>, and an <see cref="ArgumentException"/> for content
    /// and options that chat completions have no form for, before anything is sent.
    /// </remarks>
    /// <exception cref="ArgumentException">The model is empty.</exception>
    /// <example><code>
    /// IChatClient chat = client.Chat.AsIChatClient("openai/gpt-4o-mini");
    /// Console.WriteLine(await chat.GetResponseAsync("Say hello."));
    /// </code></example>
    public static IChatClient AsIChatClient(this ChatClient client, string model) =>
        new ChatClientAdapter(Require.NotNull(client, nameof(client)), Require.Text(model, nameof(model)));

    /// <summary>Creates an <see cref="IImageGenerator"/> that sends to an image model of the gateway.</summary>
    /// <param name="client">The image facade. It is not disposed of with the adapter.</param>
    /// <param name="model">The model of calls whose <see cref="ImageGenerationOptions.ModelId"/> is null.</param>
    /// <returns>
    /// A thread-safe adapter. With <see cref="ImageGenerationRequest.OriginalImages"/>, it edits by the multimodal operation, which
    /// may start a job and wait for it. Images that the gateway only links to are downloaded, without the key, unless
    /// <see cref="ImageGenerationOptions.ResponseFormat"/> asks for addresses.
    /// </returns>
    /// <exception cref="ArgumentException">The model is empty.</exception>
    /// <example><code>
    /// IImageGenerator images = client.Images.AsIImageGenerator("openai/gpt-image-1");
    /// var response = await images.GenerateAsync(new ImageGenerationRequest("A fox."));
    /// </code></example>
    public static IImageGenerator AsIImageGenerator(this ImagesClient client, string model) =>
        new ImageGeneratorAdapter(Require.NotNull(client, nameof(client)), Require.Text(model, nameof(model)));

    /// <summary>Creates an <see cref="ITextToSpeechClient"/> that sends to a speech model of the gateway.</summary>
    /// <param name="client">The audio facade. It is not disposed of with the adapter.</param>
    /// <param name="model">The model of calls whose <see cref="TextToSpeechOptions.ModelId"/> is null.</param>
    /// <param name="voice">The voice of calls whose <see cref="TextToSpeechOptions.VoiceId"/> is null; null leaves it to the model.</param>
    /// <returns>A thread-safe adapter, whose streams give the sound as it arrives.</returns>
    /// <exception cref="ArgumentException">The model is empty.</exception>
    /// <example><code>
    /// ITextToSpeechClient speech = client.Audio.AsITextToSpeechClient("elevenlabs/eleven_turbo_v2", "aria");
    /// var response = await speech.GetAudioAsync("Welcome.");
    /// </code></example>
    public static ITextToSpeechClient AsITextToSpeechClient(this AudioClient client, string model, string? voice = null) =>
        new TextToSpeechClientAdapter(Require.NotNull(client, nameof(client)), Require.Text(model, nameof(model)), voice);

    /// <summary>
    /// Keeps the calls of a chat client, whatever it sends to, within a budget. Each call reserves the most that it may cost before it
    /// is sent, and settles what CCAPI reports that it cost, or else what its usage costs by the catalog.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="budget">
    /// The budget. The facades of CCApi.Sdk have budgets of their own: see <see cref="CCApiClientOptions.Budget"/>.
    /// </param>
    /// <param name="catalog">
    /// The prices, such as <c>await client.Catalog.GetCatalogAsync()</c>; null to reserve
    /// <see cref="CCApiBudget.UnknownPriceReservation"/> for each call, which counts as spent when its cost is not reported.
    /// </param>
    /// <remarks>
    /// A call that does not fit is a <see cref="CCApiBudgetExceededException"/>. One that fails, is abandoned or reports neither cost
    /// nor usage counts with all of its reservation, unless it is known to be free.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The builder or the budget is null.</exception>
    /// <example><code>
    /// IChatClient chat = other.AsBuilder().UseCCApiBudget(new CCApiBudget(5.00m), catalog).Build();
    /// </code></example>
    public static ChatClientBuilder UseCCApiBudget(this ChatClientBuilder builder, CCApiBudget budget, ModelCatalog? catalog = null)
    {
        Require.NotNull(builder, nameof(builder));
        Require.NotNull(budget, nameof(budget));
        return builder.Use(inner => new BudgetChatClient(inner, budget, catalog));
    }
}
