using System.Text;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class HeaderCostReportTests
{
    private static readonly ReportedCost _cost = new(0.5m, "USD");

    [Fact]
    public void Members_OfABody_AreThoseOfTheBodyExceptTheCost()
    {
        var body = BodyCostReport.Read(Encoding.UTF8.GetBytes("""{"model":"m","service_tier":"flex","usage":{"prompt_tokens":3}}"""))!;

        var report = new HeaderCostReport(_cost, body);

        Assert.Equal((_cost, "m", "flex", 3L), (report.Cost, report.Model, report.ServiceTier, report.Usage!.PromptTokens));
    }

    [Fact]
    public void Members_OfImagesAndSpeech_AreTheirCounts()
    {
        var images = new HeaderCostReport(_cost, new LegacyImageGenerationResponse { Data = [new ImageDatum(), new ImageDatum()] });
        var speech = new HeaderCostReport(_cost, new AudioSpeechResponse { Characters = 7, Duration = 1.5 });

        Assert.Equal((2L, 7L, 1.5), (images.Images, speech.Characters, speech.Seconds));
    }

    [Fact]
    public void Members_WithoutABody_AreNullExceptTheCost()
    {
        var report = new HeaderCostReport(_cost, body: null);

        Assert.Equal(_cost, report.Cost);
        Assert.Null(report.Model ?? report.ServiceTier);
        Assert.Null(report.Usage);
        Assert.Equal((null, null, null), (report.Images, report.Characters, report.Seconds));
    }
}
