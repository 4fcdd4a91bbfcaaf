using CCApi.Sdk;
using CCApi.Sdk.Models;
using Spectre.Console;

namespace Quickstart;

/// <summary>An image at once, then one that a job makes, watched until it is done.</summary>
internal static class ImageStep
{
    public static async Task RunAsync(CCApiClient client, string folder)
    {
        Output.Title("4. Images");

        var images = await client.Images.GenerateAsync(
            "stabilityai/stable-diffusion-xl-1024-v1-0", "A solar farm at sunrise");
        Console.WriteLine($"At once: {await SaveAsync(client, images.Data![0], folder, "solar-farm")}");

        var job = await client.Images.StartAsync(new MultimodalImageGenerationRequest
        {
            Model = "imaginepro/nano-banana",
            Contents = [new MultimodalInputContent { Text = "A watercolor of a fox in a snowy forest" }],
            Parameters = new MultimodalImageParameters { AspectRatio = "16:9", Seed = 7 },
        });

        var finished = await WatchAsync(job);
        Console.WriteLine($"By a job: {await SaveAsync(client, finished.Data![0], folder, "fox")}");
    }

    private static Task<MultimodalImageGenerationResponse> WatchAsync(ImageJob job) =>
        AnsiConsole.Progress().AutoClear(true).StartAsync(async bar =>
        {
            var task = bar.AddTask($"job {Markup.Escape(job.Id ?? "without an id")}");
            var estimate = job.Latest?.EstimatedTime ?? 0;

            return await job.WaitAsync(new Progress<MultimodalImageGenerationResponse>(state =>
            {
                task.Description = Markup.Escape($"job {job.Id}: {state.Status}");
                task.Value = estimate > 0 && state.EstimatedTime is { } left ? 100 * (1 - (left / estimate)) : 100;
            }));
        });

    private static Task<string> SaveAsync(CCApiClient client, ImageDatum image, string folder, string name) =>
        client.Images.SaveAsync(image, Path.Combine(folder, name), new MediaSaveOptions { Overwrite = true });
}
