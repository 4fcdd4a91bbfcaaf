using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Catalog;

public class CatalogOperationsTests
{
    [Theory]
    [InlineData("provider=Anthropic", 3)]
    [InlineData("type=image", 6)]
    [InlineData("type=audio&provider=elevenlabs", 3)]
    [InlineData("type=text", 15)]
    [InlineData("type=Chat", 15)]
    [InlineData("type=video", 0)]
    [InlineData("provider=nobody", 0)]
    [InlineData("limit=7", 7)]
    [InlineData("offset=20", 5)]
    [InlineData("offset=99", 0)]
    [InlineData("", 25)]
    public async Task ListModels_WithAQuery_GivesThatMany(string query, int count)
    {
        await using var world = await World.StartAsync();

        var ids = Ids(await world.GetAsync($"models?{query}"));

        Assert.Equal(count, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("models/openai/gpt-4o")]
    [InlineData("models/openai%2Fgpt-4o")]
    public async Task GetModel_ByItsId_IsTheOneOfTheList(string path)
    {
        await using var world = await World.StartAsync();
        var listed = (await world.GetAsync("models")).Json["data"]!.AsArray().Single(model => model!["id"]!.GetValue<string>() == "openai/gpt-4o");

        var model = await world.GetAsync(path);

        Assert.Equal((200, listed!.ToJsonString()), (model.Status, model.Json.ToJsonString()));
    }

    [Theory]
    [InlineData("models/openai/gpt-0")]
    [InlineData("models/%zz")]
    public async Task GetModel_OfAnUnknownId_Is404(string path)
    {
        await using var world = await World.StartAsync();

        var response = await world.GetAsync(path);

        Assert.Equal((404, "model_not_found"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("offset=1.5", "offset")]
    [InlineData("sort=zzz", "sort")]
    [InlineData("order=zzz", "order")]
    [InlineData("sort=id&order=descending", "order")]
    public async Task ListModels_WithAWrongNumber_Is400AndNamesIt(string query, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.GetAsync($"models?{query}");

        Assert.Equal((400, param), (response.Status, response.Error["param"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("sort=id", "anthropic/claude-haiku-4-5", "stabilityai/stable-diffusion-xl-1024-v1-0")]
    [InlineData("sort=id&order=desc", "stabilityai/stable-diffusion-xl-1024-v1-0", "anthropic/claude-haiku-4-5")]
    [InlineData("sort=price", "stabilityai/stable-diffusion-xl-1024-v1-0", "anthropic/claude-opus-4-6")]
    [InlineData("sort=context_length&order=desc&type=text&limit=1", "openai/gpt-5.2", "openai/gpt-5.2")]
    [InlineData("sort=provider", "anthropic/claude-opus-4-6", "stabilityai/stable-diffusion-xl-1024-v1-0")]
    [InlineData("order=desc", "stabilityai/stable-diffusion-xl-1024-v1-0", "openai/gpt-4o-mini")]
    public async Task ListModels_WithAnOrder_IsInIt(string query, string first, string last)
    {
        await using var world = await World.StartAsync();

        var ids = Ids(await world.GetAsync($"models?{query}"));

        Assert.Equal((first, last), (ids[0], ids[^1]));
    }

    [Fact]
    public async Task ListModels_OfAPage_ReportsWhetherThereIsMore()
    {
        await using var world = await World.StartAsync();

        var pages = new[] { await world.GetAsync("models?limit=20"), await world.GetAsync("models?limit=20&offset=20") };

        Assert.Equal([(25, true), (25, false)], pages.Select(page => (page.Json["total"]!.GetValue<int>(), page.Json["has_more"]!.GetValue<bool>())));
    }

    [Fact]
    public async Task ListModels_OfAModel_ContainsModalitiesCapabilitiesAndPrices()
    {
        await using var world = await World.StartAsync();

        var model = (await world.GetAsync("models")).Json["data"]![0]!["ccapi"]!;

        Assert.Equal("""["text","image"]""", model["input_modalities"]!.ToJsonString());
        Assert.Equal((128_000, true, 0.15m), (model["capabilities"]!["context_length"]!.GetValue<int>(), model["capabilities"]!["function_calling"]!.GetValue<bool>(), model["pricing"]!["input"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task GetProvider_OfAnUnknownName_Is404()
    {
        await using var world = await World.StartAsync();

        var response = await world.GetAsync("providers/nobody");

        Assert.Equal((404, "not_found"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task GetProvider_OfEachProvider_ServesModels()
    {
        await using var world = await World.StartAsync();
        var names = (await world.GetAsync("providers")).Json["data"]!.AsArray().Select(provider => provider!["name"]!.GetValue<string>());

        var models = new List<int>();
        foreach (var name in names)
        {
            models.Add((await world.GetAsync($"providers/{name}")).Json["models"]!.AsArray().Count);
        }

        Assert.DoesNotContain(0, models);
        Assert.Equal(25, models.Sum());
    }

    private static List<string> Ids(ReceivedResponse response) => response.Json["data"]!.AsArray().Select(model => model!["id"]!.GetValue<string>()).ToList();
}
