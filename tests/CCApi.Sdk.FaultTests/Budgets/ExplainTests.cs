using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
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
    // Each connection has its own, and curl adds one for large bodies.
    private static readonly string[] _ofTransport = ["Host", "Content-Length", "Connection", "Expect", "traceparent", "Accept-Encoding", "Transfer-Encoding"];

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

    public static TheoryData<string> Texts =>
    [
        "It's", "'", "''\"'\"''", "a\nb\r\nc\rd\te", "\u0000\u0001\u001b[31m", "$HOME `id` $(id) ${x} \\ \\n %s %% !! # ; & | < > * ? ~",
        "@/etc/hostname", "-d x", "🦊 你好 \u2028 \ufeff", "lone \ud83d end", "{\"a\":'b'}", " leading and trailing ", new string('\'', 3000), new string('x', 300_000), new string('你', 60_000),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Curl_OfAnyText_SendsTheBodyAndHeadersOfTheCall(string text)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient(options =>
        {
            options.Headers["X-Empty"] = "";
            options.Headers["X-Quote"] = "it's \"$HOME\" `id` \\";
        });
        CCApiRequestOptions Options(int call) => new() { IdempotencyKey = $"key-'{call}'", MaxRetries = 0 };
        var chat = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.System(text), ChatMessage.User(text)], MaxTokens = 5, User = text };
        var streamed = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User(text)], MaxTokens = 5, Stream = true };
        var speech = new AudioSpeechRequest { Model = "elevenlabs/eleven_turbo_v2", Input = text, Voice = "aria" };
        var image = new LegacyImageGenerationRequest { Model = "stabilityai/stable-diffusion-xl-1024-v1-0", Prompt = text, Size = "16x16" };
        var job = MultimodalImageGenerationRequest.FromPrompt(text).WithModel("imaginepro/nano-banana").WithSize(16, 16);
        (CallExplanation Explanation, Func<Task> Call)[] calls =
        [
            (client.Explain(chat, Options(1)), () => client.Chat.CompleteAsync(chat, Options(1))),
            (client.Explain(streamed, Options(2)), () => client.Chat.StreamAsync(streamed, Options(2)).GetResponseAsync()),
            (client.Explain(speech, Options(3)), () => client.Audio.CreateSpeechAsync(speech, Options(3))),
            (client.Explain(image, Options(4)), () => client.Images.GenerateAsync(image, Options(4))),
            (client.Explain(job, Options(5)), () => client.Images.StartAsync(job, Options(5))),
        ];

        foreach (var (explanation, call) in calls)
        {
            var before = emulator.Requests.Count;
            await RunAsync(explanation.Curl, emulator.ApiKey);
            await IgnoreAsync(call);

            var (byCurl, byCall) = (emulator.Requests[before], emulator.Requests[before + 1]);
            Assert.Equal((byCall.Method, byCall.Path, byCall.BodyText), (byCurl.Method, byCurl.Path, byCurl.BodyText));
            Assert.Equal(Headers(byCall), Headers(byCurl));
        }
    }

    private static string[] Headers(ReceivedRequest request) =>
    [
        .. request.Headers
            .Where(header => !_ofTransport.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => $"{header.Key.ToUpperInvariant()}: {header.Value}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What the emulator responds does not matter here.</summary>
    private static async Task IgnoreAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (CCApiException)
        {
        }
    }

    private static async Task<string> RunAsync(string line, string key)
    {
        var start = new ProcessStartInfo("/bin/sh", "-s") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        start.Environment["CCAPI_API_KEY"] = key;
        using var shell = Process.Start(start)!;
        var writing = WriteAsync(shell.StandardInput, line);
        var output = await shell.StandardOutput.ReadToEndAsync();
        await writing;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }

    private static async Task WriteAsync(StreamWriter input, string line)
    {
        await using (input)
        {
            await input.WriteLineAsync(line);
        }
    }
}
