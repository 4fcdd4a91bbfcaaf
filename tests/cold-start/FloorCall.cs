using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace ColdStart;

internal static class Call
{
    public static async Task<string?> RunAsync(HttpMessageHandler handler)
    {
        using var http = new HttpClient(handler) { BaseAddress = new Uri("https://gateway.test/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        var request = new Request("m", [new Message { Role = "user", Content = "Say hello." }]);
        using var response = await http.PostAsJsonAsync("chat/completions", request, FloorJson.Default.Request).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(FloorJson.Default.Completion).ConfigureAwait(false))!.Choices![0].Message!.Content;
    }
}

internal sealed record Request(string Model, IReadOnlyList<Message> Messages);

internal sealed class Message
{
    public string? Role { get; set; }

    public string? Content { get; set; }
}

internal sealed class Choice
{
    public int Index { get; set; }

    public Message? Message { get; set; }

    public string? FinishReason { get; set; }
}

internal sealed class Usage
{
    public long PromptTokens { get; set; }

    public long CompletionTokens { get; set; }

    public long TotalTokens { get; set; }
}

internal sealed class Completion
{
    public string? Id { get; set; }

    public string? Object { get; set; }

    public long Created { get; set; }

    public string? Model { get; set; }

    public IReadOnlyList<Choice>? Choices { get; set; }

    public Usage? Usage { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Completion))]
internal sealed partial class FloorJson : JsonSerializerContext;
