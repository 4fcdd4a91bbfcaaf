using System;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http;
using System.Threading.Tasks;
using OpenAI;
using OpenAI.Chat;

namespace ColdStart;

internal static class Call
{
    public static async Task<string?> RunAsync(HttpMessageHandler handler)
    {
        using var http = new HttpClient(handler);
        using var transport = new HttpClientPipelineTransport(http);
        var client = new ChatClient("m", new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = new Uri("https://gateway.test/v1/"), Transport = transport });
        return (await client.CompleteChatAsync("Say hello.").ConfigureAwait(false)).Value.Content[0].Text;
    }
}
