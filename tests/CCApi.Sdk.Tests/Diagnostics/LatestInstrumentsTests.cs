using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

[Collection(TelemetryTestGroup.Name)]
public sealed class LatestInstrumentsTests : IDisposable
{
    private readonly ChatScript _gateway = new();
    private readonly TelemetryRecorder _telemetry = new();

    public LatestInstrumentsTests() => _gateway.Options.Telemetry.UseLatestConventions = true;

    public void Dispose()
    {
        _telemetry.Dispose();
        _gateway.Dispose();
    }

    [Fact]
    public async Task Call_WithDetailedUsage_CountsEachTokenInOneModality()
    {
        _gateway.Respond(
            """{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":40,"prompt_tokens_details":{"cached_tokens":30,"text_tokens":60,"audio_tokens":25,"image_tokens":5},"completion_tokens_details":{"text_tokens":50,"reasoning_tokens":8}}}""",
            "application/json");

        await _gateway.CreateClient().CompleteAsync(ChatScript.Request);

        Assert.Equal(
            [
                "gen_ai.client.inference.operation.input_tokens  100",
                "gen_ai.client.inference.operation.output_tokens  40",
                "gen_ai.client.inference.usage.cache_read.input_tokens unknown 30",
                "gen_ai.client.inference.usage.input_tokens audio 25",
                "gen_ai.client.inference.usage.input_tokens image 5",
                "gen_ai.client.inference.usage.input_tokens text 60",
                "gen_ai.client.inference.usage.input_tokens unknown 10",
                "gen_ai.client.inference.usage.output_tokens unknown 40",
                "gen_ai.client.inference.usage.reasoning.output_tokens unknown 8",
            ],
            _telemetry.Measurements.Where(measurement => measurement.Name.Contains("tokens"))
                .Select(measurement => FormattableString.Invariant($"{measurement.Name} {measurement.Tags.GetValueOrNull("gen_ai.token.modality")} {measurement.Value}"))
                .Order(StringComparer.Ordinal));
        Assert.Single(_telemetry.Of("gen_ai.client.inference.duration"));
        Assert.DoesNotContain(_telemetry.Measurements, measurement => measurement.Name.StartsWith("gen_ai.client.operation.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_HasTheAttributesOfTheNewestConventions()
    {
        _gateway.Respond("""{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":{"text_tokens":6,"audio_tokens":3}}}""", "application/json");

        await _gateway.CreateClient().CompleteAsync(new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi")], TopK = 5, ReasoningEffort = "low" });

        var span = _telemetry.Span;
        Assert.Equal((5L, "low"), (span.GetTagItem("gen_ai.request.top_k"), span.GetTagItem("gen_ai.request.reasoning.level")));
        Assert.Equal((6L, 3L), (span.GetTagItem("gen_ai.usage.text.input_tokens"), span.GetTagItem("gen_ai.usage.audio.input_tokens")));
    }

    [Fact]
    public async Task Stream_RecordsItsTimes()
    {
        _gateway.Respond(ChatScript.Frames(ChatScript.Text("a"), ChatScript.Text("b", "stop")) + "data: [DONE]\n\n");

        await _gateway.Stream().GetResponseAsync();

        Assert.Single(_telemetry.Of("gen_ai.client.inference.time_to_first_chunk"));
        Assert.Single(_telemetry.Of("gen_ai.client.inference.time_per_output_chunk"));
    }
}
