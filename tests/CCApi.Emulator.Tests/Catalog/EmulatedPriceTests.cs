using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests.Catalog;

public class EmulatedPriceTests
{
    [Theory]
    [InlineData(1_000_000, 0, 0, 0, "2")]
    [InlineData(1_000_000, 400_000, 0, 0, "1.4")]
    [InlineData(0, 0, 1_000_000, 0, "10")]
    [InlineData(0, 0, 1_000_000, 100_000, "11")]
    public void OfTokens_OfParts_ChargesEachAtItsRate(int prompt, int cached, int completion, int reasoning, string expected)
    {
        var price = new EmulatedPrice(2m, 10m) { Cached = 0.5m, Reasoning = 20m };

        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), price.OfTokens(prompt, cached, completion, reasoning));
    }

    [Fact]
    public void OfTokens_OfPartsWithoutRates_ChargesThemAsTheRest() => Assert.Equal(12m, new EmulatedPrice(2m, 10m).OfTokens(1_000_000, 500_000, 1_000_000, 500_000));

    [Theory]
    [InlineData(999, "0.003996")]
    [InlineData(1000, "0.008")]
    public void OfTokens_OfALongPrompt_ChargesTheHigherRates(int prompt, string expected)
    {
        var price = new EmulatedPrice(2m, 2m) { LongFrom = 1000, LongInput = 4m, LongOutput = 4m };

        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), price.OfTokens(prompt, 0, prompt == 999 ? 999 : 1000, 0));
    }

    [Fact]
    public void OfImages_OfAQuality_ChargesIt()
    {
        var price = new EmulatedPrice(0m, 0.04m) { Qualities = new Dictionary<string, decimal> { ["hd"] = 0.08m } };

        Assert.Equal([0.08m, 0.16m, 0.08m], [price.OfImages(2, null), price.OfImages(2, "hd"), price.OfImages(2, "standard")]);
        Assert.Equal(0.05m, new EmulatedPrice(0m, 0.05m, PriceForm.Call).OfImages(4, "hd"));
    }

    /// <summary>What the SDK reads from the catalog is what the ledger says afterwards, in every form of price.</summary>
    [Fact]
    public async Task Charges_OfEachModel_AreWhatTheSdkReadsFromTheCatalog()
    {
        await using var world = await World.StartAsync(options => options.Credits = 1000m);
        var catalog = await world.Client.Catalog.GetCatalogAsync(cancellationToken: World.Token);
        Assert.Equal(EmulatedCatalog.Models.Count, catalog.Models.Count);

        foreach (var model in catalog.Models)
        {
            var before = world.Emulator.Ledger.Spent;
            var usage = await UseAsync(world, model);
            var quote = model.Price.Quote(usage);

            Assert.True(quote.Amount == world.Emulator.Ledger.Spent - before, $"{model.Id}: {model.Price} quotes {quote}, and {world.Emulator.Ledger.Spent - before} was charged");
            Assert.Equal(model.Id == "elevenlabs/eleven_v3" ? "credits" : "USD", quote.Currency);
        }
    }

    [Fact]
    public void Forms_OfTheCatalog_AreAllThere()
    {
        var forms = EmulatedCatalog.Models.Select(model => model.Price.Form).Distinct().Order();

        Assert.Equal(System.Enum.GetValues<PriceForm>(), forms);
    }

    [Fact]
    public async Task Charges_OfALongPrompt_AreWhatTheSdkReadsFromTheCatalog()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply(new ScriptedChat { Text = "Yes.", Usage = new ScriptedUsage(300_000, 1000) });
        var catalog = await world.Client.Catalog.GetCatalogAsync(cancellationToken: World.Token);

        await world.Client.Chat.CompleteAsync("openai/gpt-5.2", "Read all this.", cancellationToken: World.Token);

        Assert.Equal(catalog.Find("openai/gpt-5.2")!.Price.Quote(PricedUsage.ForTokens(300_000, 1000)).Amount, world.Emulator.Ledger.Spent);
    }

    private static async Task<PricedUsage> UseAsync(World world, CatalogModel model)
    {
        if (model.Type == ModelType.Audio)
        {
            await world.Client.Audio.CreateSpeechAsync(model.Id, "Good morning.", "aria", cancellationToken: World.Token);
            return PricedUsage.ForCharacters("Good morning.".Length);
        }

        if (model.Type == ModelType.Image)
        {
            var request = new MultimodalImageGenerationRequest
            {
                Model = model.Id,
                Contents = [new MultimodalInputContent { Text = "A fox" }],
                Parameters = new MultimodalImageParameters { NumImages = 2, Quality = "hd", Width = 64, Height = 64 },
            };
            await world.Client.Images.StartAsync(request, cancellationToken: World.Token);
            return PricedUsage.ForImages(2, "64x64", "hd");
        }

        var completion = await world.Client.Chat.CompleteAsync(model.Id, "Explain the tides.", cancellationToken: World.Token);
        var usage = PricedUsage.ForTokens(completion.Usage!.PromptTokens!.Value, completion.Usage.CompletionTokens!.Value);
        usage.ReasoningTokens = completion.Usage.CompletionTokensDetails?.ReasoningTokens;
        return usage;
    }
}
