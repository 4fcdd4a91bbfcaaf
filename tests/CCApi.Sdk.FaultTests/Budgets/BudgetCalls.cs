using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.FaultTests.Budgets;

/// <summary>Many calls at once, of every kind, against an emulator whose faults a seed chooses.</summary>
internal sealed class BudgetCalls : IAsyncDisposable
{
    private const string ChatModel = "openai/gpt-4o-mini";
    private const string OtherModel = "openai/gpt-4o";
    private const string SpeechModel = "elevenlabs/eleven_turbo_v2";
    private const string ImageModel = "stabilityai/stable-diffusion-xl-1024-v1-0";
    private const string JobModel = "imaginepro/nano-banana";

    private static readonly string[] _kinds = ["chat", "stream", "abandoned stream", "typed", "tools", "speech", "streamed speech", "image", "job"];

    private readonly CCApiEmulator _emulator;
    private int _rejected;
    private int _failed;
    private int _completed;

    private BudgetCalls(CCApiEmulator emulator) => _emulator = emulator;

    /// <summary>The calls that a budget rejected before they were sent.</summary>
    public int Rejected => _rejected;

    /// <summary>The calls that failed otherwise.</summary>
    public int Failed => _failed;

    public int Completed => _completed;

    public EmulatorLedger Ledger => _emulator.Ledger;

    /// <summary>The port of the emulator, which the metrics of its calls have.</summary>
    public int Port => _emulator.BaseAddress.Port;

    public static async Task<BudgetCalls> StartAsync() => new(await CCApiEmulator.StartAsync(new CCApiEmulatorOptions
    {
        Credits = 1_000_000m,
        JobDuration = TimeSpan.FromMilliseconds(50),
    }));

    /// <summary>Lets a share of the requests meet one of the faults, and the first jobs fail.</summary>
    public void Plan(int requests, double share, int seed, int failedJobs, params EmulatorFault[] faults)
    {
        // A fault of a job waits for the next job, wherever it stands in the script.
        _emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.JobFailed), failedJobs);
        var random = new Random(seed);
        for (var i = 0; i < requests; i++)
        {
            _emulator.Faults.Add(random.NextDouble() < share ? faults[random.Next(faults.Length)] : null);
        }
    }

    /// <summary>Makes a client that retries and fails over also what may have been charged.</summary>
    public async Task<CCApiClient> CreateClientAsync(CCApiBudget? budget)
    {
        var client = _emulator.CreateClient(options =>
        {
            options.Budget = budget;
            options.CreditValue = 1m;
            options.Retry.MaxRetries = 2;
            options.Retry.BaseDelay = TimeSpan.FromMilliseconds(5);
            options.Retry.RetryPossiblyCharged = true;
            options.Failover.Alternatives[ChatModel] = [OtherModel];
        });
        await client.Catalog.GetCatalogAsync();
        return client;
    }

    /// <summary>Runs all calls at once.</summary>
    public Task RunAsync(CCApiClient client, int count, params string[] kinds)
    {
        var chosen = kinds.Length == 0 ? _kinds : kinds;
        return Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() => CallAsync(client, chosen[number % chosen.Length], number))));
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private async Task CallAsync(CCApiClient client, string kind, int number)
    {
        using var scope = CostScope.Begin(kind, new Dictionary<string, string> { ["parity"] = number % 2 == 0 ? "even" : "odd" });
        try
        {
            await CallAsync(client.Chat, client, kind, number);
            Interlocked.Increment(ref _completed);
        }
        catch (CCApiBudgetExceededException)
        {
            Interlocked.Increment(ref _rejected);
        }
        catch (CCApiException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private static async Task CallAsync(ChatClient chat, CCApiClient client, string kind, int number)
    {
        switch (kind)
        {
            case "chat":
                await chat.CompleteAsync(Chat(number));
                break;
            case "stream":
                await chat.StreamAsync(Chat(number)).GetResponseAsync();
                break;
            case "abandoned stream":
                await foreach (var _ in chat.StreamAsync(Chat(number)).ReadTextAsync())
                {
                    break;
                }

                break;
            case "typed":
                await chat.CompleteAsync(Chat(number, maxTokens: 200), BudgetJson.Default.Place);
                break;
            case "tools":
                var tools = new ChatTools();
                tools.Add("get_weather", "Current weather", BudgetJson.Default.Place, (place, _) => Task.FromResult($"Snow in {place.City}."));
                await foreach (var _ in chat.RunAsync(Chat(number, "What is the weather in Oslo?", maxTokens: 200), tools))
                {
                }

                break;
            case "speech":
                await client.Audio.CreateSpeechAsync(SpeechModel, $"Number {number}.", "aria");
                break;
            case "streamed speech":
                using (var sound = await client.Audio.StreamSpeechAsync(new AudioSpeechRequest { Model = SpeechModel, Input = $"Number {number}.", Voice = "aria" }))
                {
                    await sound.CopyToAsync(Stream.Null);
                }

                break;
            case "image":
                await client.Images.GenerateAsync(new LegacyImageGenerationRequest { Model = ImageModel, Prompt = $"{number}", Size = "16x16" });
                break;
            default:
                await WaitAsync(await client.Images.StartAsync(new MultimodalImageGenerationRequest
                {
                    Model = JobModel,
                    Contents = [new MultimodalInputContent { Text = $"{number}" }],
                    Parameters = new MultimodalImageParameters { Width = 16, Height = 16 },
                }));
                break;
        }
    }

    /// <summary>A job whose polls failed is polled again: it was charged, and only its final state contains the cost.</summary>
    private static async Task WaitAsync(ImageJob job)
    {
        while (true)
        {
            try
            {
                await job.WaitAsync();
                return;
            }
            catch (CCApiException exception) when (exception is not ImageJobFailedException)
            {
                // Again.
            }
        }
    }

    private static ChatCompletionRequest Chat(int number, string? text = null, int maxTokens = 20) => new()
    {
        Model = ChatModel,
        Messages = [ChatMessage.User(text ?? $"Say something about number {number}.")],
        MaxTokens = maxTokens,
    };
}
