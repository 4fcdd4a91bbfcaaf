using System;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI.Tests.Snippets;

/// <summary>The code of the readmes. It is compiled; MiddlewareTests runs the like.</summary>
internal static class ExtensionsSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var chat = client.Chat.AsIChatClient("openai/gpt-4o-mini").AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => $"Snow in {city}", "get_weather")] };

        await foreach (var update in chat.GetStreamingResponseAsync("What is the weather in Oslo?", options))
        {
            Console.Write(update.Text);
        }
        #endregion
    }
}
