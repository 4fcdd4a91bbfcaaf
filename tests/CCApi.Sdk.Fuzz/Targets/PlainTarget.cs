using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>A plain response: the first byte chooses the call, the rest is the body. What was read is used, and written back.</summary>
internal static class PlainTarget
{
    private const string Json = "application/json";

    private static readonly CannedGateway _gateway = new();

    private static readonly Func<CCApiClient, Task>[] _calls =
    [
        ChatAsync,
        StreamedChatAsync,
        SpeechAsync,
        ImagesAsync,
        JobAsync,
        ModelsAsync,
        ProvidersAsync,
        ProviderAsync,
        ModelAsync,
    ];

    public static void Run(byte[] input)
    {
        if (input.Length > 0)
        {
            var client = _gateway.Respond(input[1..], Json);

            // From the digit zero, so that a new call at the end leaves the seeds as they are.
            var call = (byte)(input[0] - '0') % _calls.Length;
            Sync.Run(() => _calls[call](client));
        }
    }

    private static async Task ChatAsync(CCApiClient client)
    {
        var response = await client.Chat.CompleteAsync("m", "Hi");
        Use(response);
        Outcome.CheckRoundTrip(response);
    }

    /// <summary>A gateway that does not stream responds to a streamed call with plain JSON.</summary>
    private static async Task StreamedChatAsync(CCApiClient client) => Use(await client.Chat.StreamAsync("m", "Hi").GetResponseAsync());

    private static async Task SpeechAsync(CCApiClient client)
    {
        var response = await client.Audio.CreateSpeechAsync("m", "Hi", "v");
        Use(response.B64Audio);
        Outcome.CheckRoundTrip(response);
    }

    private static async Task ImagesAsync(CCApiClient client)
    {
        var response = await client.Images.GenerateAsync("m", "Hi");
        foreach (var image in response.Data ?? [])
        {
            Use(image.B64Json);
        }

        Outcome.CheckRoundTrip(response);
    }

    private static async Task JobAsync(CCApiClient client) => Outcome.CheckRoundTrip(await client.Images.GetJobAsync("job_1"));

    private static async Task ModelsAsync(CCApiClient client)
    {
        var response = await client.Catalog.ListModelsAsync();
        _ = response.Data?.Select(model => model.Id).ToArray();
        Outcome.CheckRoundTrip(response);
    }

    private static async Task ModelAsync(CCApiClient client) => Outcome.CheckRoundTrip(await client.Catalog.GetModelAsync("m"));

    private static async Task ProvidersAsync(CCApiClient client) => Outcome.CheckRoundTrip(await client.Catalog.ListProvidersAsync());

    private static async Task ProviderAsync(CCApiClient client) => Outcome.CheckRoundTrip(await client.Catalog.GetProviderAsync("p"));

    private static void Use(ChatCompletionResponse response) => _ = (response.Text, response.Reasoning, response.FinishReason, response.ToolCalls.Count, response.CreatedAt);

    private static void Use(Base64Data? data)
    {
        if (data is { IsValid: true })
        {
            _ = (data.Length, data.MediaType, data.ToArray());
        }
    }
}
