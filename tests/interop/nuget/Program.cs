// Calls the emulator with the official OpenAI package: Interop <base address> <key>
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Images;

const string Model = "openai/gpt-4o-mini";
var (address, key) = (new Uri(args[0]), args[1]);
var chat = Client(key).GetChatClient(Model);
var weather = ChatTool.CreateFunctionTool(
    "get_weather", "Gets the weather of a city.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));
ChatMessage[] question = [new UserChatMessage("What is the weather in Lisbon?")];

(string Name, Func<Task> Run)[] checks =
[
    ("models", async () =>
    {
        var models = (await Client(key).GetOpenAIModelClient().GetModelsAsync()).Value;
        Require(models.Select(model => model.Id).Distinct().Count() == 25, $"{models.Count} models");
    }),
    ("chat", async () =>
    {
        var response = (await chat.CompleteChatAsync("How much is 12 * 3?")).Value;
        Require(response.Content[0].Text == "12 * 3 = 36", response.Content[0].Text);
        Require(response.FinishReason == ChatFinishReason.Stop, response.FinishReason);
        Require(response.Usage.TotalTokenCount == response.Usage.InputTokenCount + response.Usage.OutputTokenCount, response.Usage.TotalTokenCount);
    }),
    ("stream", async () =>
    {
        var plain = (await chat.CompleteChatAsync("Plan a bakery launch.")).Value;
        var (text, tokens) = (string.Empty, 0);
        await foreach (var update in chat.CompleteChatStreamingAsync("Plan a bakery launch."))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            tokens = update.Usage?.TotalTokenCount ?? tokens;
        }

        Require(text == plain.Content[0].Text, text);
        Require(tokens == plain.Usage.TotalTokenCount, tokens);
    }),
    ("tools", async () =>
    {
        var options = new ChatCompletionOptions { Tools = { weather } };
        var asked = (await chat.CompleteChatAsync(question, options)).Value;
        Require(asked.FinishReason == ChatFinishReason.ToolCalls, asked.FinishReason);
        Require(asked.ToolCalls[0].FunctionArguments.ToString() == """{"city":"Lisbon"}""", asked.ToolCalls[0].FunctionArguments);

        var response = (await chat.CompleteChatAsync([.. question, new AssistantChatMessage(asked), new ToolChatMessage(asked.ToolCalls[0].Id, "21 degrees")], options)).Value;
        Require(response.Content[0].Text.Contains("21 degrees", StringComparison.Ordinal), response.Content[0].Text);
    }),
    ("streamed tools", async () =>
    {
        var (names, arguments) = (new List<string>(), string.Empty);
        await foreach (var update in chat.CompleteChatStreamingAsync(question, new ChatCompletionOptions { Tools = { weather }, ToolChoice = ChatToolChoice.CreateRequiredChoice() }))
        {
            foreach (var call in update.ToolCallUpdates)
            {
                names.AddRange(call.FunctionName is { Length: > 0 } name ? [name] : []);
                arguments += call.FunctionArgumentsUpdate?.ToString();
            }
        }

        Require(names is ["get_weather"] && arguments == """{"city":"Lisbon"}""", string.Join(',', names) + arguments);
    }),
    ("json schema", async () =>
    {
        var schema = BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","maximum":3}},"required":["city","days"],"additionalProperties":false}""");
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("plan", schema, jsonSchemaIsStrict: true) };
        var response = (await chat.CompleteChatAsync([new UserChatMessage("Plan 5 days in Lisbon.")], options)).Value;
        using var plan = JsonDocument.Parse(response.Content[0].Text);
        Require(plan.RootElement.GetProperty("city").GetString() == "Lisbon" && plan.RootElement.GetProperty("days").GetInt32() == 3, response.Content[0].Text);
    }),
    ("images", async () =>
    {
        var options = new ImageGenerationOptions { Size = new GeneratedImageSize(256, 256), ResponseFormat = GeneratedImageFormat.Bytes };
        var images = (await Client(key).GetImageClient("openai/gpt-image-1").GenerateImagesAsync("A fox", 2, options)).Value;
        Require(images.Count == 2 && images[0].ImageBytes.ToArray() is [0x89, (byte)'P', (byte)'N', (byte)'G', ..], images.Count);
    }),
    ("image by url", async () =>
    {
        // Links of responses are on another port, which a cassette does not have.
        if (Environment.GetEnvironmentVariable("INTEROP_FILES") == "none")
        {
            return;
        }

        var image = (await Client(key).GetImageClient("openai/gpt-image-1").GenerateImageAsync("A fox", new ImageGenerationOptions { Size = new GeneratedImageSize(256, 256) })).Value;
        using var http = new HttpClient();
        var file = await http.GetByteArrayAsync(image.ImageUri);
        Require(file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..], file.Length);
    }),
    ("streamed tools in PascalCase with several numbers", async () =>
    {
        var compute = ChatTool.CreateFunctionTool(
            "SecretComputation", "Computes.", BinaryData.FromString("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}"""));
        var arguments = string.Empty;
        await foreach (var update in chat.CompleteChatStreamingAsync([new UserChatMessage("What is the result of SecretComputation on 42 and 84?")], new ChatCompletionOptions { Tools = { compute } }))
        {
            arguments += string.Concat(update.ToolCallUpdates.Select(call => call.FunctionArgumentsUpdate?.ToString()));
        }

        Require(arguments == """{"a":42,"b":84}""", arguments);
    }),
    ("scripted tool loop", async () =>
    {
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("BookTable", "Books a table.") } };
        ChatMessage[] messages = [new UserChatMessage("For NuGet, book a table.")];
        var asked = (await chat.CompleteChatAsync(messages, options)).Value;
        Require(asked.ToolCalls[0].FunctionArguments.ToString().Contains("19:30", StringComparison.Ordinal), asked.ToolCalls[0].FunctionArguments);

        var response = (await chat.CompleteChatAsync([.. messages, new AssistantChatMessage(asked), new ToolChatMessage(asked.ToolCalls[0].Id, "booked")], options)).Value;
        Require(response.Content[0].Text == "Your table for 4 is booked.", response.Content[0].Text);
    }),
    ("scripted text", async () =>
    {
        var response = (await Client(key).GetChatClient("any/model").CompleteChatAsync("What's the biggest animal?")).Value;
        Require(response.Content[0].Text.Contains("blue whale", StringComparison.Ordinal) && response.Model == "any/model", response.Content[0].Text);
    }),
    ("scripted stream", async () =>
    {
        var pieces = new List<string>();
        await foreach (var update in chat.CompleteChatStreamingAsync("Tell a story."))
        {
            pieces.AddRange(update.ContentUpdate.Select(part => part.Text).Where(text => text.Length > 0));
        }

        Require(pieces is ["Once ", "upon ", "a time."], string.Join('|', pieces));
    }),
    ("scripted refusal", async () =>
    {
        var response = (await chat.CompleteChatAsync("Do something bad.")).Value;
        Require(response.Refusal == "I cannot help with that.", response.Refusal);
    }),
    ("logprobs", async () =>
    {
        var response = (await chat.CompleteChatAsync([new UserChatMessage("Hello")], new ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = 2 })).Value;
        var text = string.Concat(response.ContentTokenLogProbabilities.Select(token => token.Token));
        Require(text == response.Content[0].Text && response.ContentTokenLogProbabilities[0].TopLogProbabilities.Count == 2, text);
    }),
    ("one model", async () =>
    {
        var model = (await Client(key).GetOpenAIModelClient().GetModelAsync("openai/gpt-4o")).Value;
        Require(model.Id == "openai/gpt-4o", model.Id);
    }),
    ("speech", async () =>
    {
        var audio = (await Client(key).GetAudioClient("emulator/raw-speech").GenerateSpeechAsync("Hello, world!", OpenAI.Audio.GeneratedSpeechVoice.Alloy)).Value;
        Require(audio.ToArray().Length > 1000, audio.ToArray().Length);
    }),
    ("error 400", () => Fails(400, () => chat.CompleteChatAsync([new UserChatMessage("Hello")], new ChatCompletionOptions { Temperature = 3 }))),
    ("error 401", () => Fails(401, () => Client("sk-wrong").GetChatClient(Model).CompleteChatAsync("Hello"))),
    ("error 404", () => Fails(404, () => Client(key).GetEmbeddingClient(Model).GenerateEmbeddingAsync("Hello"))),
    ("error 429", () => Fails(429, () => Client(key).GetChatClient("emulator/status-429").CompleteChatAsync("Hello"))),
    ("error 503", () => Fails(503, () => Client(key).GetChatClient("nobody/nothing").CompleteChatAsync("Hello"))),
];

var failed = 0;
foreach (var (name, run) in checks)
{
    try
    {
        await run();
        Console.WriteLine($"ok nuget {name}");
    }
#pragma warning disable CA1031 // Whatever goes wrong is one failed line.
    catch (Exception exception)
#pragma warning restore CA1031
    {
        failed++;
        Console.WriteLine($"FAILED nuget {name}: {exception.Message.ReplaceLineEndings(" ")}");
    }
}

return failed == 0 ? 0 : 1;

OpenAIClient Client(string apiKey) =>
    new(new ApiKeyCredential(apiKey), new OpenAIClientOptions { Endpoint = address, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

static async Task Fails(int status, Func<Task> call)
{
    try
    {
        await call();
    }
    catch (ClientResultException exception) when (exception.Status == status)
    {
        return;
    }

    throw new InvalidOperationException($"It did not fail with {status}.");
}

static void Require(bool isTrue, object? found)
{
    if (!isTrue)
    {
        throw new InvalidOperationException($"found {found}");
    }
}
