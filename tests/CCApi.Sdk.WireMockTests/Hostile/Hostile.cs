using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.WireMockTests.Hostile;

/// <summary>A client among servers that mean it harm, and what they cost it.</summary>
internal static class Hostile
{
    public const int Mebibyte = 1024 * 1024;

    public static CCApiClient Client(Uri address, Action<CCApiClientOptions>? configure = null)
    {
        var options = new CCApiClientOptions { ApiKey = "sk-test", BaseAddress = address, MaxResponseBytes = Mebibyte, MaxLineBytes = Mebibyte / 2 };
        options.Retry.MaxRetries = 0;
        configure?.Invoke(options);
        return new CCApiClient(options);
    }

    /// <summary>What comes of a call that must fail with an error of the SDK, and how many bytes the whole process allocated meanwhile, the server included.</summary>
    public static async Task<(CCApiException Exception, long Bytes)> FailAsync(Func<Task> call)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        try
        {
            await call();
        }
        catch (CCApiException exception)
        {
            return (exception, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        throw new InvalidOperationException("The call succeeded.");
    }

    public static async Task ReadTextAsync(CCApiClient client)
    {
        await foreach (var _ in client.Chat.StreamAsync("m", "p").ReadTextAsync())
        {
        }
    }

    public static async Task ReadChunksAsync(CCApiClient client)
    {
        await foreach (var _ in client.Chat.StreamAsync("m", "p"))
        {
        }
    }

    public static ImageDatum Image(Uri server) => new() { Url = new Uri(server, "/a.png").AbsoluteUri };
}
