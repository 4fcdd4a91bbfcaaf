using System.Text.RegularExpressions;
using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace ImageStudio;

/// <summary>A job to come, and what its files are called.</summary>
internal sealed partial record Order(
    string Name, Func<ImagesClient, CancellationToken, Task<ImageJob>> StartAsync)
{
    private const int LongestName = 40;

    public static Order Of(string prompt, MultimodalImageGenerationRequest request) =>
        new(
            NameOf(prompt),
            (images, cancellationToken) => images.StartAsync(request, cancellationToken: cancellationToken));

    public static Order Resume(string id) =>
        new(NameOf(id), (images, _) => Task.FromResult(images.ResumeJob(id)));

    private static string NameOf(string text)
    {
        var words = Others().Replace(text, "-").Trim('-');
        return words.Length == 0 ? "image" : words[..Math.Min(words.Length, LongestName)].TrimEnd('-');
    }

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex Others();
}
