using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class ImageSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var job = await client.Images.StartAsync(new MultimodalImageGenerationRequest
        {
            Model = "imaginepro/nano-banana",
            Contents = [new MultimodalInputContent { Text = "A watercolor of a fox" }],
            Parameters = new MultimodalImageParameters { AspectRatio = "16:9" },
        });

        Console.WriteLine(job.Id); // enough to go on after a restart: client.Images.ResumeJob(id)
        var done = await job.WaitAsync(new Progress<MultimodalImageGenerationResponse>(state => Console.WriteLine(state.Status)));
        Console.WriteLine(await client.Images.SaveAsync(done.Data![0], "fox"));
        #endregion
    }
}
