using System;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.FaultTests.Budgets;

/// <summary>The curl line of an explanation, run by a shell, gives the response that the call gives.</summary>
public class ExplainTests
{
    [Fact]
    public async Task Curl_OfAChat_GivesTheSameResponseAsTheCall()
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { TimeProvider = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)) });
        using var client = emulator.CreateClient();
        var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User("It's \"$HOME\", `id` & a \\ — and 你好.")], MaxTokens = 30 };

        var explanation = client.Explain(request);
        Assert.Empty(emulator.Requests);
        var expected = await client.Chat.CompleteAsync(request);
        var actual = JsonNode.Parse(await RunAsync(explanation.Curl, emulator.ApiKey))!;

        Assert.Equal(expected.Text, (string?)actual["choices"]![0]!["message"]!["content"]);
        Assert.Equal(expected.Id, (string?)actual["id"]);
        Assert.Equal(expected.Usage!.Cost, (decimal?)actual["usage"]!["cost"]);
        Assert.Equal(2, emulator.Requests.Count);
    }

    [Fact]
    public async Task Curl_OfAnImage_GivesTheSameResponseAsTheCall()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        var request = new LegacyImageGenerationRequest
        {
            Model = "stabilityai/stable-diffusion-xl-1024-v1-0",
            Prompt = "A fox.",
            Size = "16x16",
            ResponseFormat = ImageResponseFormat.B64Json,
        };

        var explanation = client.Explain(request);
        var expected = await client.Images.GenerateAsync(request);
        var actual = JsonNode.Parse(await RunAsync(explanation.Curl, emulator.ApiKey))!;

        Assert.Equal(Convert.ToBase64String(expected.Data![0].B64Json!.Memory.ToArray()), (string?)actual["data"]![0]!["b64_json"]);
    }

    [Fact]
    public async Task Curl_OfASpeech_GivesTheSameResponseAsTheCall()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();
        var request = new AudioSpeechRequest { Model = "elevenlabs/eleven_turbo_v2", Input = "Welcome.", Voice = "aria", ResponseFormat = SpeechResponseFormat.B64Json };

        var explanation = client.Explain(request);
        var expected = await client.Audio.CreateSpeechAsync(request);
        var actual = JsonNode.Parse(await RunAsync(explanation.Curl, emulator.ApiKey))!;

        Assert.Equal(expected.CreditsCharged, (decimal?)actual["credits_charged"]);
        Assert.Equal(expected.Characters, (long?)actual["characters"]);
        Assert.Equal(expected.B64Audio!.ToString(), (string?)actual["b64_audio"]);
    }

    [Fact]
    public async Task Curl_OfAnImageJob_GivesTheSameResponseAsTheCall()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { TimeProvider = time });
        using var client = emulator.CreateClient();
        var request = MultimodalImageGenerationRequest.FromPrompt("A fox.").WithModel("imaginepro/nano-banana").WithSize(16, 16).WithSeed(7);

        var explanation = client.Explain(request);
        Assert.Empty(emulator.Requests);
        var expected = await client.Images.StartAsync(request);
        var actual = JsonNode.Parse(await RunAsync(explanation.Curl, emulator.ApiKey))!;

        Assert.Equal(expected.Status!.Value.Value, (string?)actual["status"]);
        Assert.Equal(expected.Latest!.Model, (string?)actual["model"]);
        Assert.Equal(expected.Latest.Created, (long?)actual["created"]);
        Assert.Equal(emulator.Requests[0].Body, emulator.Requests[1].Body);
        Assert.Equal(emulator.Ledger.Charges[0].Credits, emulator.Ledger.Charges[1].Credits);
    }

    private static async Task<string> RunAsync(string line, string key)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line]) { RedirectStandardOutput = true };
        start.Environment["CCAPI_API_KEY"] = key;
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
