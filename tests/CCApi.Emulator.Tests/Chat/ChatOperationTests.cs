using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatOperationTests
{
    [Theory]
    [InlineData("nobody/nothing")]
    [InlineData("openai/gpt-image-1")]
    public async Task Response_UnknownModel_Is503(string model)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", model: model);

        Assert.Equal((503, "model_not_found"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("\"openai/gpt-4o\",\"openai/gpt-5.2\"", "openai/gpt-4o")]
    [InlineData("\"nobody/nothing\",\"openai/gpt-5.2\"", "openai/gpt-5.2")]
    [InlineData("\"emulator/status-503\",\"emulator/reset\",\"openai/gpt-5.2\"", "openai/gpt-5.2")]
    [InlineData("\"openai/tts-1\",\"openai/gpt-5.2\"", "openai/gpt-5.2")]
    public async Task Response_SeveralModels_IsFromTheFirstThatIsServed(string models, string used)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", $"\"models\":[{models}]", "openai/gpt-4o-mini");

        Assert.Equal((used, used), (response.Json["model"]!.GetValue<string>(), world.Emulator.Ledger.Charges.Single().Model));
    }

    [Fact]
    public async Task Response_NoneOfSeveralModelsServed_Is503()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", "\"models\":[\"nobody/nothing\",\"emulator/status-500\"]");

        Assert.Equal(503, response.Status);
    }

    [Fact]
    public async Task Response_AnyRequest_CountsTokensAndCost()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("How much is 12 * 3?");

        // 19 characters are 5 tokens and 4 for the message; "12 * 3 = 36" is 3 tokens.
        Assert.Equal(
            """{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0},"cost":0.00000315}""",
            response.Json["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task Response_WithN_HasThatManyChoicesAndCostsMore()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Plan a bakery launch.", "\"n\":3");
        var choices = response.Json["choices"]!.AsArray();

        Assert.Equal([0, 1, 2], choices.Select(choice => choice!["index"]!.GetValue<int>()));
        Assert.True(choices.Select(choice => choice!["message"]!["content"]!.GetValue<string>()).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Response_SeedOfItsOwn_DependsOnIt()
    {
        await using var world = await World.StartAsync();

        var texts = await Task.WhenAll(Enumerable.Range(0, 6).Select(async seed => (await world.ChatAsync("Plan a bakery launch.", $"\"seed\":{seed}")).Content));

        Assert.True(texts.Distinct().Count() > 1);
    }

    [Fact]
    public async Task Response_SameSeedTwice_IsTheSame()
    {
        await using var world = await World.StartAsync();

        var responses = new[] { await world.ChatAsync("Plan a bakery launch.", "\"seed\":3"), await world.ChatAsync("Plan a bakery launch.", "\"seed\":3") };

        Assert.Equal(responses[0].Content, responses[1].Content);
    }

    [Fact]
    public async Task Response_AnyRequest_HasIdTimeModelAndProvider()
    {
        await using var world = await World.StartAsync();

        var response = (await world.ChatAsync("Hello")).Json;

        Assert.StartsWith("chatcmpl-", response["id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(
            ("chat.completion", world.Time.GetUtcNow().ToUnixTimeSeconds(), "openai/gpt-4o-mini", "openai"),
            (response["object"]!.GetValue<string>(), response["created"]!.GetValue<long>(), response["model"]!.GetValue<string>(), response["provider"]!.GetValue<string>()));
    }
}
