using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>Whatever listeners, loggers and callbacks throw, each kind of call has the same result and the same charges.</summary>
[Collection("Exporter")]
public sealed class HostileListenerTests
{
    /// <summary>The calls that have neither tokens nor a cost, beside those that are measured.</summary>
    private static readonly IReadOnlyList<MeasuredCall> _others =
    [
        new("models", clients => clients.Client.Catalog.ListModelsAsync()),
        new("all models", async clients => Assert.NotEmpty(await clients.Client.Catalog.EnumerateModelsAsync().ToListAsync())),
        new("model", clients => clients.Client.Catalog.GetModelAsync(MeasuredClients.ChatModel)),
        new("providers", clients => clients.Client.Catalog.ListProvidersAsync()),
        new("provider", clients => clients.Client.Catalog.GetProviderAsync("openai")),
        new("watched job", WatchAsync),
        new("download", DownloadAsync),
        new("send", clients => SendAsync(clients)),
        new("open", OpenAsync),
        new("explain", clients => Task.FromResult(clients.Client.Explain(MeasuredClients.Request()))),
    ];

    private static readonly IReadOnlyList<MeasuredCall> _all = [.. MeasuredCalls.All, .. _others];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_WhileEverythingThrows_HaveTheSameResultsAndCharges(bool throwsInSample)
    {
        var expected = await ChargesAsync(hostile: null);
        using var hostile = new HostileListeners(throwsInSample);
        using var request = new Activity("request").Start();

        var actual = await ChargesAsync(hostile);

        Assert.Equal(expected, actual);
        Assert.Same(request, Activity.Current);
        Assert.True(hostile.Thrown > _all.Count);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("open")]
    public async Task Send_ThatIsCharged_HasItsCostInItsSpanAndTheMetricOnce(string name)
    {
        await using var clients = await MeasuredClients.StartAsync();
        using var exporter = new Exporter();

        await _all.Single(call => call.Name == name).RunAsync(clients);

        var charged = (double)Assert.Single(clients.ChatCharges);
        Assert.Equal((charged, charged), (exporter.CounterOfDoubles("ccapi.client.cost"), exporter.SumOfCosts()));
        Assert.Equal("send", Assert.Single(exporter.Own).DisplayName);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("open")]
    public async Task Send_ThatIsChargedWhileNobodyListens_IsInTheTrackerOnce(string name)
    {
        await using var clients = await MeasuredClients.StartAsync();
        Assert.False(new ActivitySource(CCApiDefaults.TelemetryName).HasListeners());

        await _all.Single(call => call.Name == name).RunAsync(clients);

        var charged = Assert.Single(clients.ChatCharges);
        var total = clients.Client.Costs.GetSnapshot().Total;
        Assert.Equal((1L, charged), (total.Charges, total.AmountIn("USD")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichmentOfTheRequest_ThatDisposesTheClient_EndsTheCallBeforeItIsSent(bool isStream)
    {
        CCApiClient? client = null;
        await using var clients = await MeasuredClients.StartAsync(options => options.Telemetry.EnrichWithRequest = (_, _) => client!.Dispose());
        client = clients.Client;
        using var exporter = new Exporter();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ChatAsync(client, isStream));

        Assert.Empty(clients.Emulator.Ledger.Charges);
        Assert.Equal("chat openai/gpt-4o-mini", Assert.Single(exporter.Own).DisplayName);
        Assert.Equal(1, exporter.Histogram("gen_ai.client.operation.duration").Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichmentOfTheResponse_ThatDisposesTheClient_LeavesTheResponseAndItsCost(bool isStream)
    {
        CCApiClient? client = null;
        await using var clients = await MeasuredClients.StartAsync(options => options.Telemetry.EnrichWithResponse = (_, response) =>
        {
            if (response is ChatCompletionResponse)
            {
                client!.Dispose();
            }
        });
        client = clients.Client;
        using var exporter = new Exporter();

        var response = await ChatAsync(client, isStream);

        var charged = (double)Assert.Single(clients.ChatCharges);
        Assert.Equal(MeasuredClients.Output, response.Usage!.CompletionTokens);
        Assert.Equal((charged, charged), (exporter.CounterOfDoubles("ccapi.client.cost"), exporter.SumOfCosts()));
        Assert.Equal((1L, charged), (client.Costs.GetSnapshot().Total.Charges, (double)client.Costs.GetSnapshot().Total.AmountIn("USD")));
        Assert.Single(exporter.Own);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichmentOfTheException_ThatDisposesTheClient_LeavesTheException(bool isStream)
    {
        CCApiClient? client = null;
        await using var clients = await MeasuredClients.StartAsync(options => options.Telemetry.EnrichWithException = (_, _) => client!.Dispose());
        client = clients.Client;
        using var exporter = new Exporter();

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => ChatAsync(client, isStream, clients.Script(script => script.Fail(400))));

        Assert.Equal("bad_request", Assert.Single(exporter.Own).GetTagItem("error.type"));
    }

    private static Task<ChatCompletionResponse> ChatAsync(CCApiClient client, bool isStream, string text = "Hi") => isStream
        ? client.Chat.StreamAsync(MeasuredClients.Request(text)).GetResponseAsync()
        : client.Chat.CompleteAsync(MeasuredClients.Request(text));

    /// <summary>Makes every call; what each was charged. A call whose result differs throws here.</summary>
    private static async Task<string[]> ChargesAsync(HostileListeners? hostile)
    {
        await using var clients = await MeasuredClients.StartAsync(hostile is null ? null : hostile.Configure);
        var charges = new List<string>();
        foreach (var call in _all)
        {
            var before = clients.Emulator.Ledger.Charges.Count;
            await call.RunAsync(clients);
            var own = clients.Emulator.Ledger.Charges.Skip(before);
            charges.AddRange(own.Select(charge => $"{call.Name}: {charge.Operation} {charge.Credits} {charge.IsRefunded}"));
        }

        return [.. charges];
    }

    private static async Task WatchAsync(MeasuredClients clients)
    {
        var job = await clients.Client.Images.StartAsync(Job());
        MultimodalImageGenerationResponse? last = null;
        await foreach (var state in job.WatchAsync(MeasuredClients.Wait))
        {
            last = state;
        }

        Assert.NotEmpty(last!.Data!);
    }

    private static async Task DownloadAsync(MeasuredClients clients)
    {
        var images = await clients.Client.Images.GenerateAsync(Job(), null, MeasuredClients.Wait);
        await using var media = await clients.Client.Images.OpenReadAsync(images.Data![0]);
        await media.CopyToAsync(Stream.Null);
    }

    private static async Task SendAsync(MeasuredClients clients)
    {
        var body = JsonNode.Parse("""{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}""");
        var type = (JsonTypeInfo<JsonNode>)System.Text.Json.JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonNode));
        var response = await clients.Client.SendAsync(HttpMethod.Post, "chat/completions", body, type, type);
        Assert.Equal(MeasuredClients.Output, (int)response!["usage"]!["completion_tokens"]!);
    }

    private static async Task OpenAsync(MeasuredClients clients)
    {
        using var content = new StringContent(
            """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await clients.Client.SendAsync(HttpMethod.Post, "chat/completions", content);
        Assert.NotNull(response.Info.Cost.Amount);
    }

    private static MultimodalImageGenerationRequest Job() => new()
    {
        Model = MeasuredClients.JobModel,
        Contents = [new MultimodalInputContent { Text = "A fox" }],
    };
}
