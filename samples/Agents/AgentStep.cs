using System.ComponentModel;
using CCApi.Sdk;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Agents;

/// <summary>An agent with two tools, whose session keeps the conversation.</summary>
internal static class AgentStep
{
    public static async Task RunAsync(CCApiClient client, string model)
    {
        AIAgent agent = client.Chat.AsIChatClient(model).AsAIAgent(
            instructions: "You help travelers. Be brief.",
            name: "Traveler",
            tools: [AIFunctionFactory.Create(GetWeather, "get_weather"), AIFunctionFactory.Create(GetTime, "get_time")]);
        var session = await agent.CreateSessionAsync();

        const string Question = "How is the weather in Oslo, and what time is it there?";
        Console.WriteLine($"\n> {Question}");
        var response = await agent.RunAsync(Question, session);
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
        {
            Print(content);
        }

        Console.WriteLine($"({response.Usage?.TotalTokenCount} tokens)");

        const string Next = "Summarize that in one sentence.";
        Console.WriteLine($"\n> {Next}");
        await foreach (var update in agent.RunStreamingAsync(Next, session))
        {
            Console.Write(update.Text);
        }

        Console.WriteLine();
    }

    private static void Print(AIContent content)
    {
        switch (content)
        {
            case FunctionCallContent call:
                Console.WriteLine($"  {call.Name}({string.Join(", ", call.Arguments ?? new Dictionary<string, object?>())})");
                break;
            case FunctionResultContent result:
                Console.WriteLine($"  {result.Result}");
                break;
            case TextContent text:
                Console.WriteLine(text.Text);
                break;
        }
    }

    [Description("Current weather of a city")]
    private static string GetWeather([Description("In English")] string city) => $"Snow in {city}, -3 degrees";

    [Description("Current time in a city")]
    private static string GetTime([Description("In English")] string city) => $"12:30 in {city}";
}
