using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>
/// A client and its adapters with telemetry on, over an emulator where a token costs one credit, and a credit a dollar: the ledger
/// counts tokens.
/// </summary>
internal sealed class MeasuredClients : IAsyncDisposable
{
    public const int Input = 11;
    public const int Output = 7;
    public const string ChatModel = "openai/gpt-4o-mini";
    public const string OtherModel = "openai/gpt-4o";
    public const string SpeechModel = "elevenlabs/eleven_turbo_v2";
    public const string ImageModel = "openai/gpt-image-1";
    public const string JobModel = "imaginepro/nano-banana";

    private const string FaultText = "fault";

    private static readonly ScriptedUsage _usage = new(Input, Output, Cost: Input + Output);

    private int _faults;

    private MeasuredClients(CCApiEmulator emulator, Action<CCApiClientOptions>? configure)
    {
        Emulator = emulator;
        Client = emulator.CreateClient(options =>
        {
            options.Retry.BaseDelay = TimeSpan.Zero;
            options.TimeProvider = new QuickTimeProvider();
            options.CreditValue = 1m;
            configure?.Invoke(options);
        });

        Model = Client.Chat.AsIChatClient(ChatModel).AsBuilder().UseOpenTelemetry().Build();
        ToolsAroundTelemetry = Client.Chat.AsIChatClient(ChatModel).AsBuilder().UseFunctionInvocation().UseOpenTelemetry().Build();
        TelemetryAroundTools = Client.Chat.AsIChatClient(ChatModel).AsBuilder().UseOpenTelemetry().UseFunctionInvocation().Build();
        Images = Client.Images.AsIImageGenerator(ImageModel).AsBuilder().UseOpenTelemetry().Build();
        Jobs = Client.Images.AsIImageGenerator(JobModel).AsBuilder().UseOpenTelemetry().Build();
        Speech = Client.Audio.AsITextToSpeechClient(SpeechModel, "aria").AsBuilder().UseOpenTelemetry().Build();
    }

    public CCApiEmulator Emulator { get; }

    public CCApiClient Client { get; }

    public IChatClient Model { get; }

    public IChatClient ToolsAroundTelemetry { get; }

    public IChatClient TelemetryAroundTools { get; }

    public IImageGenerator Images { get; }

    public IImageGenerator Jobs { get; }

    public ITextToSpeechClient Speech { get; }

    /// <summary>What the ledger charged for chat completions, and did not give back.</summary>
    public IEnumerable<decimal> ChatCharges => Emulator.Ledger.Charges
        .Where(charge => charge is { IsRefunded: false, Operation: "POST /chat/completions" })
        .Select(charge => charge.Credits);

    /// <summary>Jobs are done at once, so they are polled at once.</summary>
    public static ImageJobWaitOptions Wait => new() { MaxDelay = TimeSpan.FromMilliseconds(1) };

    public static ChatTools Tools => new ChatTools().Add("get_weather", "Weather", """{"type":"object"}""", (_, _) => Task.FromResult("snow"));

    public static ChatOptions Functions => new() { Tools = [AIFunctionFactory.Create(() => "snow", "get_weather")] };

    public static async Task<MeasuredClients> StartAsync(Action<CCApiClientOptions>? configure = null)
    {
        var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Credits = 100_000, JobDuration = TimeSpan.FromMilliseconds(1) });
        var clients = new MeasuredClients(emulator, configure);

        // What speech and images cost is computed by the prices of the catalog, because their responses do not report it.
        await clients.Client.Catalog.GetCatalogAsync();
        clients.Script();
        return clients;
    }

    public static ChatCompletionRequest Request(string text = "Hi") =>
        new() { Model = ChatModel, Messages = [CCApi.Sdk.Models.ChatMessage.User(text)] };

    public async ValueTask DisposeAsync()
    {
        Model.Dispose();
        ToolsAroundTelemetry.Dispose();
        TelemetryAroundTools.Dispose();
        Images.Dispose();
        Jobs.Dispose();
        Speech.Dispose();
        Client.Dispose();
        await Emulator.DisposeAsync();
    }

    private static ScriptedChat Reply(string text) =>
        new() { Pieces = [.. text.Split(' ').Select(word => new ScriptedPiece(word + " "))], Usage = _usage };

    /// <summary>Scripts a fault and the response of the next attempt, for the text that it returns.</summary>
    public string Script(Func<ChatScript, ChatScript> fault)
    {
        var text = $"{FaultText} {_faults++}.";
        fault(Emulator.Script.WhenChat(text)).ThenReply(Reply("Done after all ."));
        return text;
    }

    private void Script()
    {
        var call = new ScriptedChat { ToolCalls = [new ScriptedToolCall("get_weather", "{}")], Usage = _usage };
        Emulator.Script.WhenChat(chat => chat.ToolResults.Count > 0).Reply(Reply("It snows ."));
        Emulator.Script.WhenChat("weather").Reply(call);
        Emulator.Script.WhenChat("mismatch").Reply(Reply("Oslo"));
        Emulator.Script.WhenChat("place").Reply(new ScriptedChat { Text = """{"City":"Oslo"}""", Usage = _usage });
        Emulator.Script.WhenChat("only JSON").Reply(new ScriptedChat { Text = """{"City":"Oslo"}""", Usage = _usage });
        Emulator.Script.WhenChat(chat => !chat.LastUserText.StartsWith(FaultText, StringComparison.Ordinal)).Reply(Reply("Hello how are you ?"));
    }
}
