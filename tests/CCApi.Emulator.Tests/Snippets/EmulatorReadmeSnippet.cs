using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Emulator.Tests.Snippets;

public class EmulatorReadmeSnippet
{
    [Fact]
    public async Task FirstCall_Runs()
    {
        #region README
        await using var emulator = await CCApiEmulator.StartAsync();
        using var client = emulator.CreateClient();

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?");

        Assert.Equal("12 * 3 = 36", response.Text);
        #endregion
    }

    [Fact]
    public async Task Script_Runs()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        using var client = emulator.CreateClient();

        #region SCRIPT
        emulator.Script.WhenChat(request => request.LastUserText.Contains("biggest", StringComparison.Ordinal)).Reply("The blue whale.");
        emulator.Script.WhenChat("weather").CallTool("get_weather", """{"city":"Oslo"}""").ThenReply("It snows in Oslo.");
        emulator.Script.WhenChat("story").Stream(TimeSpan.FromMilliseconds(20), "Once ", "upon ", "a time.");
        emulator.Script.WhenChat().WithModel("openai/gpt-4o").Fail(503).Times(2);
        emulator.Script.When("POST", "/embeddings").ReplyJson("""{"data":[{"embedding":[0.1,0.2]}]}""");
        emulator.Script.IsStrict = true; // a request that no rule takes fails with 400, and the message shows the nearest rule
        #endregion

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "A story, please.", cancellationToken: World.Token);
        Assert.Equal("Once upon a time.", response.Text);
    }

    [Fact]
    public async Task Requests_Run()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        using var client = emulator.CreateClient();
        var options = new CCApiRequestOptions { Headers = { ["x-tenant"] = "a" } };
        await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hello", options, World.Token);

        #region REQUESTS
        var request = emulator.Requests.Single();
        Assert.Equal(("POST", "/v1/chat/completions", 200), (request.Method, request.Path, request.Status));
        request.AssertJson("""{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}""");
        request.AssertHeader("x-tenant", "a");
        emulator.Script.AssertAllUsed();
        #endregion
    }

    [Fact]
    public async Task MediaRequests_Run()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        using var client = emulator.CreateClient();
        var images = await client.Images.GenerateAsync("openai/gpt-image-1", "A fox", cancellationToken: World.Token);
        await using var image = await client.Images.OpenReadAsync(images.Data![0], cancellationToken: World.Token);

        #region MEDIA
        Assert.DoesNotContain("Authorization", emulator.MediaRequests.Single().Headers.Keys);
        #endregion
    }

    [Fact]
    public async Task Faults_Run()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);

        #region FAULTS
        emulator.Faults.Add(EmulatorFault.WithStatus(503), times: 2);                    // the next two requests
        emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.Cut), path: "/chat/completions");
        emulator.Ledger.SetBalance(0);                                                   // the next one gets 402
        #endregion

        Assert.Equal(3, emulator.Faults.Describe().Count);
    }

    [Fact]
    public void Blocks_OfTheReadme_AreThisCode()
    {
        var root = Repository.Root;
        var readme = System.IO.File.ReadAllText(System.IO.Path.Combine(root, "src/CCApi.Emulator/README.md"));
        var source = System.IO.File.ReadAllLines(System.IO.Path.Combine(root, "tests/CCApi.Emulator.Tests/Snippets/EmulatorReadmeSnippet.cs"));

        var blocks = readme.Split("```csharp\n").Skip(1).Select(block => block.Split("\n```")[0]).ToArray();
        var regions = string.Join('\n', source).Split("#region ").Skip(1).Where(region => region.Contains("#endregion", StringComparison.Ordinal))
            .Select(region => region.Split("#endregion")[0].Split('\n').Skip(1).SkipLast(1).Select(line => line.Length > 8 ? line[8..] : string.Empty))
            .Select(lines => string.Join('\n', lines))
            .ToArray();

        Assert.Equal(blocks, regions.Take(blocks.Length));
    }
}
