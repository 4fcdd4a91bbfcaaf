using System;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class ToolsBriefSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var tools = new ChatTools().Add(
            "get_weather",
            "Current weather of a city",
            AppJson.Default.WeatherArgs,
            AppJson.Default.Weather,
            (args, cancellationToken) => Task.FromResult(new Weather(-3, $"snow in {args.City}")));
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("What is the weather in Oslo?")] };
        await foreach (var step in client.Chat.RunAsync(request, tools))
        {
            if (step is ChatDoneStep done) // before it: text, reasoning, tool calls and their results
            {
                Console.WriteLine(done.Text);
            }
        }

        var plan = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Plan a day in Oslo.", AppJson.Default.Plan);
        Console.WriteLine(plan.Value.City);
        #endregion
    }
}
