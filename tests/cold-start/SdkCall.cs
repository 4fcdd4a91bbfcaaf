using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk;

namespace ColdStart;

internal static class Call
{
    public static async Task<string?> RunAsync(HttpMessageHandler handler)
    {
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new CCApiClient(http, new CCApiClientOptions { ApiKey = "key", BaseAddress = new Uri("https://gateway.test/v1/") });
        return (await client.Chat.CompleteAsync("m", "Say hello.").ConfigureAwait(false)).Text;
    }
}
