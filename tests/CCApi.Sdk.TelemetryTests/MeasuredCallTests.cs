using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using Xunit;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>
/// With the telemetry of this SDK, of Microsoft.Extensions.AI and of HttpClient on, the tokens and the cost over the spans of models,
/// and over metrics, are those of the emulator's ledger, each once.
/// </summary>
[Collection("Exporter")]
public sealed class MeasuredCallTests
{
    public static TheoryData<string> Names => [.. MeasuredCalls.All.Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_OfOneKind_IsMeasuredOnce(string name)
    {
        var call = MeasuredCalls.All.Single(call => call.Name == name);
        await using var clients = await MeasuredClients.StartAsync();
        using var exporter = new Exporter("Experimental.Microsoft.Extensions.AI", "Experimental.Microsoft.Agents.AI");

        await call.RunAsync(clients);

        AssertMeasuredOnce(exporter, clients, call);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Calls_OfAllKindsInOneRun_AreMeasuredOnce()
    {
        await using var clients = await MeasuredClients.StartAsync();
        using var exporter = new Exporter("Experimental.Microsoft.Extensions.AI", "Experimental.Microsoft.Agents.AI");

        foreach (var call in MeasuredCalls.All)
        {
            await call.RunAsync(clients);
        }

        AssertMeasuredOnce(exporter, clients, Sum(MeasuredCalls.All));
    }

    [Fact]
    public async Task Call_LostAndSentAgainWithItsKey_CostsWhatTheGatewayChargedOnce()
    {
        await using var clients = await MeasuredClients.StartAsync();
        using var exporter = new Exporter();
        var text = clients.Script(script => script.Fault(EmulatorFaultKind.Reset).PassThrough());

        await clients.Client.Chat.CompleteAsync(MeasuredClients.Request(text), new CCApiRequestOptions { RetryPossiblyCharged = true });

        var charged = (double)Assert.Single(clients.ChatCharges);
        Assert.Equal((charged, charged), (exporter.CounterOfDoubles("ccapi.client.cost"), exporter.SumOfCosts()));
        Assert.Equal(1, exporter.Counter("ccapi.client.retries"));
    }

    private static MeasuredCall Sum(IReadOnlyList<MeasuredCall> calls) => new(
        "all", _ => Task.CompletedTask, calls.Sum(call => call.Models), calls.Sum(call => call.Left), calls.Sum(call => call.Lost));

    private static void AssertMeasuredOnce(Exporter exporter, MeasuredClients clients, MeasuredCall call)
    {
        // What a fault meets is not scripted, so that its price is that of the model.
        const decimal Tokens = MeasuredClients.Input + MeasuredClients.Output;
        var lost = clients.ChatCharges.Where(credits => credits != Tokens).ToArray();
        Assert.Equal(call.Lost, lost.Length);
        var unreported = lost.Sum() + (call.Left * Tokens);

        var (input, output) = (exporter.SumOfModels("gen_ai.usage.input_tokens"), exporter.SumOfModels("gen_ai.usage.output_tokens"));
        Assert.Equal(clients.ChatCharges.Sum() - unreported, input + output);
        Assert.Equal(MeasuredClients.Input * output, MeasuredClients.Output * input);
        Assert.Equal(input, exporter.Histogram("gen_ai.client.token.usage", "gen_ai.token.type", "input").Sum);
        Assert.Equal(output, exporter.Histogram("gen_ai.client.token.usage", "gen_ai.token.type", "output").Sum);

        // What a failed job cost is given back, which its ended span does not learn.
        var cost = (double)(clients.Emulator.Ledger.Spent - unreported);
        var refunded = exporter.CounterOfDoubles("ccapi.client.cost.refunded");
        Assert.Equal(cost, exporter.CounterOfDoubles("ccapi.client.cost") - refunded, precision: 9);
        Assert.Equal(cost, exporter.SumOfCosts() - refunded, precision: 9);

        Assert.Equal(call.Models, exporter.Models.Count);
        Assert.Equal(call.Models, exporter.Histogram("gen_ai.client.operation.duration").Count);
        Assert.All(exporter.Models, span => Assert.Contains(span.Source.Name, (string[])[CCApiDefaults.TelemetryName, "Experimental.Microsoft.Extensions.AI"]));
    }
}
