using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class ImageSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var request = MultimodalImageGenerationRequest.FromPrompt("Replace the sofa by a green one.").WithImage("room.png").WithMask("sofa.png").WithCount(2);
        await client.Images.GenerateToFilesAsync(request, "green"); // .../green-1.png, .../green-2.png

        var job = await client.Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A watercolor of a fox").WithAspectRatio("16:9"));
        Console.WriteLine(job.Id); // after a restart: client.Images.ResumeJob(id)
        var done = await job.WaitAsync(new Progress<MultimodalImageGenerationResponse>(state => Console.WriteLine(state.Status)));
        Console.WriteLine(await client.Images.SaveAsync(done.Data![0], "fox", new MediaSaveOptions { Overwrite = true, MaxBytes = 50_000_000 }));
        #endregion
    }
}
