using CCApi.Sdk.Models;

namespace ImageStudio;

/// <summary>What runs when no prompt is given: several jobs at once, then an edit of what one of them made.</summary>
internal static class Demo
{
    private const string Model = "imaginepro/nano-banana";

    public static async Task RunAsync(Studio studio, CancellationToken cancellationToken)
    {
        Console.WriteLine("Three jobs at once, one of them for two images:");
        var files = await studio.MakeAsync(
            [
                Order("A living room with a sofa", request => request.WithAspectRatio("4:3")),
                Order("A watercolor of a fox", request => request.WithCount(2)),
                Order("A solar farm at sunrise", request => request.WithAspectRatio("16:9").WithSeed(7)),
            ],
            cancellationToken);

        Console.WriteLine("Now the first of them, with its middle repainted:");
        var mask = Path.Combine(AppContext.BaseDirectory, "mask.png");
        var edit = Order(
            "Replace the sofa by a green one",
            request => request.WithImage(files[0]).WithMask(mask).WithAspectRatio("4:3"));

        await studio.MakeAsync([edit], cancellationToken);
    }

    private static Order Order(
        string prompt, Func<MultimodalImageGenerationRequest, MultimodalImageGenerationRequest> with) =>
        ImageStudio.Order.Of(prompt, with(MultimodalImageGenerationRequest.FromPrompt(prompt).WithModel(Model)));
}
