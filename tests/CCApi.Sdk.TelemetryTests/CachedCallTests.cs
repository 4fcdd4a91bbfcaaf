using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Caching;
using CCApi.Sdk.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>Equal calls that share one response out of a cache cost once: in spans, in the metric and in the tracker, as in the ledger.</summary>
[Collection("Exporter")]
public sealed class CachedCallTests
{
    [Theory]
    [InlineData("speech")]
    [InlineData("speech as a stream")]
    [InlineData("image")]
    [InlineData("job")]
    [InlineData("adapter: speech")]
    public async Task Calls_ThatShareAResponse_CostOnceInSpansMetricAndTracker(string name)
    {
        await using var clients = await MeasuredClients.StartAsync();
        await using var cache = new MediaCache();
        using var exporter = new Exporter("Experimental.Microsoft.Extensions.AI");
        using var cached = clients.Client.WithMediaCache(cache);

        // Three at once, and two later.
        var costs = (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => CallAsync(cached, name)))).ToList();
        costs.Add(await CallAsync(cached, name));
        costs.Add(await CallAsync(cached, name));

        var charge = (double)Assert.Single(clients.Emulator.Ledger.Charges).Credits;
        Assert.True(charge > 0);
        Assert.Equal((charge, charge), (exporter.CounterOfDoubles("ccapi.client.cost"), exporter.SumOfCosts()));
        Assert.Equal(0, exporter.CounterOfDoubles("ccapi.client.cost.refunded"));
        Assert.Single(exporter.Spans, span => span.GetTagItem("ccapi.cost.amount") is not null);

        var total = cached.Costs.GetSnapshot().Total;
        Assert.Equal((1L, charge), (total.Charges, (double)total.AmountIn("USD")));

        // The adapters do not report costs.
        if (costs[0] is not null)
        {
            Assert.Single(costs, cost => cost!.Source != CostSource.Cache);
            Assert.Equal(charge, (double)costs.Sum(cost => cost!.Amount!.Value));
            Assert.Single(exporter.Own);
        }
    }

    private static async Task<CCApiCost?> CallAsync(CCApiClient client, string name)
    {
        switch (name)
        {
            case "speech":
                return (await client.Audio.CreateSpeechAsync(MeasuredClients.SpeechModel, "Hello", "aria")).Info!.Cost;
            case "speech as a stream":
                var request = new AudioSpeechRequest { Model = MeasuredClients.SpeechModel, Input = "Hello", Voice = "aria" };
                await using (var sound = await client.Audio.StreamSpeechAsync(request))
                {
                    await sound.CopyToAsync(Stream.Null);
                    return sound.Info!.Cost;
                }

            case "image":
                return (await client.Images.GenerateAsync(Image())).Info!.Cost;
            case "job":
                return (await client.Images.GenerateAsync(Job(), null, MeasuredClients.Wait)).Info!.Cost;
            case "adapter: speech":
                using (var speech = client.Audio.AsITextToSpeechClient(MeasuredClients.SpeechModel, "aria").AsBuilder().UseOpenTelemetry().Build())
                {
                    await speech.GetAudioAsync("Hello");
                    return null;
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such call.");
        }
    }

    private static LegacyImageGenerationRequest Image() => new()
    {
        Model = MeasuredClients.ImageModel,
        Prompt = "A fox",
        AdditionalProperties = new Dictionary<string, JsonElement> { ["seed"] = JsonElement.Parse("7") },
    };

    private static MultimodalImageGenerationRequest Job() => new()
    {
        Model = MeasuredClients.JobModel,
        Contents = [new MultimodalInputContent { Text = "A fox" }],
        Parameters = new MultimodalImageParameters { Seed = 7 },
    };
}
