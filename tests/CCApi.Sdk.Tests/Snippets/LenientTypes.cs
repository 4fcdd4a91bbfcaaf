using System;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Snippets;

internal static class LenientTypes
{
    public static string Run()
    {
        #region README
        var request = new ChatCompletionRequest
        {
            Model = "openai/gpt-4o-mini",
            Messages = [ChatMessage.System("You are a precise assistant."), ChatMessage.User("Outline a launch plan.")],
            Temperature = 0.7,
        };
        var json = JsonSerializer.Serialize(request, CCApiJsonContext.Default.ChatCompletionRequest);

        // A number where a string belongs, a finish reason nobody has heard of, a member that is not in the contract: all of it is read, none of it is lost.
        var response = JsonSerializer.Deserialize(
            """{"id":42,"choices":[{"message":{"content":[{"type":"text","text":"Hello"}]},"finish_reason":"eos"}],"cost_details":{"upstream":0.1}}""",
            CCApiJsonContext.Default.ChatCompletionResponse)!;

        Console.WriteLine(response.Text);                                  // Hello
        Console.WriteLine(response.FinishReason == FinishReason.Stop);     // False: it is "eos", as it came
        Console.WriteLine(response.AdditionalProperties!["cost_details"]); // {"upstream":0.1}
        #endregion

        return json;
    }
}
