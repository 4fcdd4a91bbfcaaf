using System;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Linq;
using System.Net.Http;
using System.Threading;
using CCApi.Sdk.Models;
using OpenAI;
using OpenAI.Chat;

namespace CCApi.Sdk.Benchmarks;

/// <summary>One client of each kind over the same canned response.</summary>
internal sealed class Contestants
{
    public const string Model = "openai/gpt-4o-mini";

    public const string Prompt = "Tell me about a river at evening.";

    private static readonly Uri _canned = new("https://gateway.test/v1/");

    public Contestants(Func<HttpMessageHandler> handler, Uri? baseAddress = null)
    {
        baseAddress ??= _canned;
        Floor = new FloorClient(handler(), baseAddress);
        Limit = new LimitClient(handler(), baseAddress);
        // As its own HttpClient is: the budgets of the SDK take the place of its time-out.
        Sdk = new CCApiClient(new HttpClient(handler()) { Timeout = Timeout.InfiniteTimeSpan }, new CCApiClientOptions { ApiKey = "key", BaseAddress = baseAddress });
        OpenAI = new OpenAIClient(
            new ApiKeyCredential("key"),
            new OpenAIClientOptions { Endpoint = baseAddress, Transport = new HttpClientPipelineTransport(new HttpClient(handler())) });
        OpenAIChat = OpenAI.GetChatClient(Model);
    }

    public FloorClient Floor { get; }

    public LimitClient Limit { get; }

    public CCApiClient Sdk { get; }

    public OpenAIClient OpenAI { get; }

    public OpenAI.Chat.ChatClient OpenAIChat { get; }

    public static FloorRequest FloorRequest(int messages) => new(Model, [.. Enumerable.Range(0, messages).Select(i => new FloorMessage { Role = "user", Content = Content(i, messages) })]);

    public static LimitRequest LimitRequest(int messages) => new(Model, [.. Enumerable.Range(0, messages).Select(i => new LimitMessage("user", Content(i, messages)))]);

    public static ChatCompletionRequest SdkRequest(int messages) =>
        new() { Model = Model, Messages = [.. Enumerable.Range(0, messages).Select(i => Models.ChatMessage.User(Content(i, messages)))] };

    public static OpenAI.Chat.ChatMessage[] OpenAIRequest(int messages) => [.. Enumerable.Range(0, messages).Select(i => new UserChatMessage(Content(i, messages)))];

    private static string Content(int i, int messages) => messages == 1 ? Prompt : Bodies.Message(i);
}
