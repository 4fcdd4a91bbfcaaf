using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class ModelIndexTests
{
    private static readonly string[] _ids =
    [
        "openai/gpt-5.2", "openai/gpt-4o-mini", "bytedance/seedance-2", "kuaishou/kling-3.0-standard", "kuaishou/kling-3.0-pro", "anthropic/claude-opus-4-6",
        "anthropic/claude-haiku-4-5", "deepseek/deepseek-chat", "imaginepro/nano-banana", "google/nano-banana", "minimax/minimax-m2-5", "claude-sonnet-4-6",
        "stabilityai/stable-diffusion-xl-1024-v1-0", "acme/model:free", "acme/model", "Acme/Same", "acme/same",
    ];

    // The spellings that programs and documents use (observed), and what must not be taken for one.
    [Theory]
    [InlineData("openai/gpt-5.2", "openai/gpt-5.2")]
    [InlineData("OpenAI/GPT-5.2", "openai/gpt-5.2")]
    [InlineData("gpt-5.2", "openai/gpt-5.2")]
    [InlineData("gpt-5-2", "openai/gpt-5.2")]
    [InlineData("gpt_5_2", "openai/gpt-5.2")]
    [InlineData(" gpt-5.2 ", "openai/gpt-5.2")]
    [InlineData("bytedance/seedance-2.0", "bytedance/seedance-2")]
    [InlineData("seedance-2.0", "bytedance/seedance-2")]
    [InlineData("kling-3-pro", "kuaishou/kling-3.0-pro")]
    [InlineData("kuaishou/kling-3.0", null)]
    [InlineData("anthropic/claude-opus-4.6", "anthropic/claude-opus-4-6")]
    [InlineData("claude-opus-4.6", "anthropic/claude-opus-4-6")]
    [InlineData("anthropic/claude-4.6", null)]
    [InlineData("anthropic/claude-sonnet-4.6", "claude-sonnet-4-6")]
    [InlineData("ccapi/deepseek/deepseek-chat", "deepseek/deepseek-chat")]
    [InlineData("openrouter/minimax-m2.5", "minimax/minimax-m2-5")]
    [InlineData("minimax-m2.5", "minimax/minimax-m2-5")]
    [InlineData("claude-haiku-4-5-20251001", "anthropic/claude-haiku-4-5")]
    [InlineData("gpt-4o-mini-2024-07-18", "openai/gpt-4o-mini")]
    [InlineData("gpt-4o-mini-12345678", null)]
    [InlineData("stable-diffusion-xl-1024-v1.0", "stabilityai/stable-diffusion-xl-1024-v1-0")]
    [InlineData("google/nano-banana", "google/nano-banana")]
    [InlineData("nano-banana", null)]
    [InlineData("openai/nano-banana", null)]
    [InlineData("openai/claude-haiku-4-5", null)]
    [InlineData("model", "acme/model")]
    [InlineData("model:free", "acme/model:free")]
    [InlineData("acme/model:thinking", null)]
    [InlineData("acme/same", "acme/same")]
    [InlineData("ACME/SAME", null)]
    [InlineData("", null)]
    [InlineData("/", null)]
    [InlineData("//", null)]
    [InlineData("openai/", null)]
    public void Find_OfASpelling_IsTheModelThatItStandsFor(string id, string? expected)
    {
        var index = new ModelIndex(Models(_ids.Select(listed => $$"""{"id":"{{listed}}"}""")));

        Assert.Equal(expected, index.Find(id)?.Id);
    }

    [Theory]
    [InlineData("claude-haiku-4-5", "anthropic/claude-haiku-4-5-20251001")]
    [InlineData("anthropic/claude-haiku-4.5", "anthropic/claude-haiku-4-5-20251001")]
    [InlineData("openai/claude-haiku-4-5", null)]
    [InlineData("claude-haiku-4-5-20260101", null)]
    [InlineData("gpt-4o", null)]
    [InlineData("gpt-4o-2024-08-06", "openai/gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-mini", "openai/gpt-4o-mini")]
    [InlineData("gpt-4o-mini-2024-05-01", null)]
    [InlineData("openai/gpt-4o-mini-2025-01-01", null)]
    [InlineData("gpt-4.1-2025-04-14", "openai/gpt-4.1")]
    [InlineData("GPT-4O-MINI-2024-07-18", "openai/gpt-4o-mini-2024-07-18")]
    public void Find_WithoutTheDateOfTheListedId_IsTheOnlyVersion(string id, string? expected)
    {
        string[] ids =
        [
            "anthropic/claude-haiku-4-5-20251001", "openai/gpt-4o-2024-08-06", "openai/gpt-4o-2024-11-20", "openai/gpt-4o-mini", "openai/gpt-4o-mini-2024-07-18",
            "openai/gpt-4.1",
        ];
        var index = new ModelIndex(Models(ids.Select(listed => $$"""{"id":"{{listed}}"}""")));

        Assert.Equal(expected, index.Find(id)?.Id);
    }

    [Theory]
    [InlineData("""{"id":"acme/one-7b","name":"One"}""", "one")]
    [InlineData("""{"id":"acme/one-7b","model":"one-latest"}""", "one-latest")]
    [InlineData("""{"id":"acme/one-7b","canonical_slug":"acme/one-7b-v2"}""", "acme/one-7b-v2")]
    [InlineData("""{"id":"acme/one-7b","aliases":["first",7,null,{}]}""", "first")]
    [InlineData("""{"id":"acme/one-7b","aliases":["first",7,null,{}]}""", "7")]
    public void Find_OfAListedOtherName_IsTheModel(string json, string name)
    {
        var index = new ModelIndex(Models([json, """{"id":"acme/two"}"""]));

        Assert.Equal("acme/one-7b", index.Find(name)?.Id);
    }

    [Fact]
    public void Find_OfAnotherNameThatIsAlsoAnId_IsTheId()
    {
        var index = new ModelIndex(Models(["""{"id":"acme/one","aliases":["two"]}""", """{"id":"acme/two"}"""]));

        Assert.Equal("acme/two", index.Find("two")?.Id);
    }

    [Fact]
    public void Find_OfAVeryLongId_IsNone()
    {
        var index = new ModelIndex(Models(["""{"id":"a"}"""]));

        Assert.Null(index.Find(new string('a', 1_000_000)));
        Assert.Null(index.Find(string.Concat(Enumerable.Repeat("a/", 100_000))));
    }

    private static IReadOnlyList<CatalogModel> Models(IEnumerable<string> json) =>
        [.. json.Select(item => JsonSerializer.Deserialize<ModelSummary>(item)!).Select(model => new CatalogModel(model.Id!, model, new ModelPriceOptions()))];
}
