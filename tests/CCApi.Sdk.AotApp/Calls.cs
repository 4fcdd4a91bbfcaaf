using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.Extensions.DependencyInjection;

namespace CCApi.Sdk.AotApp;

/// <summary>A call through each facade, against the gateway that the environment names, from a client that dependency injection made.</summary>
internal static class Calls
{
    public static async Task RunAsync()
    {
        var services = new ServiceCollection();
        services.AddCcApi();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<CCApiClient>();

        var models = await client.Catalog.ListModelsAsync();
        Say("catalog", models.Data is { Count: > 0 });

        var model = await client.Catalog.GetModelAsync(models.Data![0].Id!);
        Say("model", model.Id == models.Data[0].Id);

        var providers = await client.Catalog.ListProvidersAsync();
        var detail = await client.Catalog.GetProviderAsync(providers.Data![0].Name!);
        Say("providers", detail.Models is { Count: > 0 });

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?");
        Say("chat", response.Text!.Contains("36", StringComparison.Ordinal));

        var streamed = await client.Chat.StreamAsync("openai/gpt-4o-mini", "How much is 12 * 3?").GetResponseAsync();
        Say("stream", streamed.Text == response.Text && !streamed.IsTruncated);

        var speech = await client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", "Hello.", "aria");
        var file = await client.Audio.SaveAsync(speech, Path.GetTempPath());
        Say("speech", new FileInfo(file).Length > 1000);
        File.Delete(file);

        var images = await client.Images.GenerateAsync("google/nano-banana", "A fox.");
        await using var image = await client.Images.OpenReadAsync(images.Data!.Single());
        Say("image", image.ReadByte() == 0x89);

        var job = await client.Images.StartAsync(new MultimodalImageGenerationRequest
        {
            Model = "imaginepro/nano-banana",
            Contents = [new MultimodalInputContent { Text = "A fox." }],
        });
        var finished = await job.WaitAsync();
        Say("job", finished.Data is { Count: 1 });

        var raw = await client.SendAsync(HttpMethod.Get, "models", null, CCApiJsonContext.Default.ChatMessage, CCApiJsonContext.Default.ModelListResponse);
        Say("any other endpoint", raw.Data is { Count: > 0 });

        try
        {
            await client.Chat.CompleteAsync("nobody/nothing", "Hello.");
        }
        catch (CCApiModelUnavailableException exception)
        {
            Say("errors", exception.Code == "model_not_found");
        }

        await AdapterCalls.RunAsync(client, Say);
        await CacheCalls.RunAsync(client, Say);
        await TelemetryCalls.RunAsync(client, Say);
        await BulkCalls.RunAsync(client, Say);
    }

    private static void Say(string what, bool isRight)
    {
        Console.WriteLine($"{(isRight ? "ok" : "WRONG")} {what}");
        Environment.ExitCode = isRight ? Environment.ExitCode : 1;
    }
}
