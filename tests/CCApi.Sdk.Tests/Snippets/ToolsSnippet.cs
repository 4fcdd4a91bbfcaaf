using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class ToolsSnippet
{
    public static async Task RunAsync(CCApiClient client)
    {
        #region README
        var tools = new ChatTools().Add("get_weather", "Current weather of a city", AppJson.Default.WeatherArgs, AppJson.Default.Weather,
            async (args, cancellationToken) =>
            {
                await Task.Delay(10, cancellationToken); // call a service
                return new Weather(-3, $"snow in {args.City}");
            });
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("What is the weather in Oslo?")] };

        await foreach (var step in client.Chat.RunAsync(request, tools))
        {
            switch (step)
            {
                case ChatToolCallStep call:
                    Console.WriteLine($"{call.Name}({call.Arguments})");
                    break;
                case ChatDoneStep done:
                    Console.WriteLine($"{done.Text} ({done.Turns} turns, {done.Usage?.TotalTokens} tokens)");
                    break;
            }
        }

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Plan a day in Oslo.", AppJson.Default.Plan);
        Console.WriteLine($"{response.Value.City}: {string.Join(", ", response.Value.Sights)} ({response.Usage?.TotalTokens} tokens)");
        #endregion
    }
}

#region README
internal sealed record WeatherArgs([Description("In English")] string City);

internal sealed record Weather(double Temperature, string Sky);

internal sealed record Plan(string City, [Description("The best first")] IReadOnlyList<string> Sights);

[JsonSerializable(typeof(WeatherArgs))]
[JsonSerializable(typeof(Weather))]
[JsonSerializable(typeof(Plan))]
internal sealed partial class AppJson : JsonSerializerContext;
#endregion
