using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

[Collection(TelemetryTestGroup.Name)]
public sealed class TokenCountTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(0L, 0L)]
    [InlineData(7L, 7L)]
    [InlineData(TokenCount.Max, TokenCount.Max)]
    [InlineData(TokenCount.Max + 1, null)]
    [InlineData(long.MaxValue, null)]
    [InlineData(-1L, null)]
    [InlineData(long.MinValue, null)]
    public void Of_WhatAGatewayReported_IsACountOrNull(long? reported, long? expected)
    {
        Assert.Equal(expected, TokenCount.Of(reported));
    }

    [Theory]
    [InlineData("11", 11L)]
    [InlineData("\"11\"", 11L)]
    [InlineData("11.0", 11L)]
    [InlineData("0", 0L)]
    [InlineData("-11", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("-9223372036854775808", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData("1e300", null)]
    [InlineData("1e999", null)]
    [InlineData("\"many\"", null)]
    [InlineData("true", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("[11]", null)]
    public async Task Call_WithThisCount_HasTheSameInItsSpanAndItsMetrics(string reported, long? expected)
    {
        foreach (var usesLatest in new[] { false, true })
        {
            using var telemetry = new TelemetryRecorder();
            using var gateway = new ChatScript();
            gateway.Options.Telemetry.UseLatestConventions = usesLatest;
            gateway.Respond($$$"""{"model":"m-1","choices":[],"usage":{"prompt_tokens":{{{reported}}},"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":{{{reported}}},"text_tokens":{{{reported}}} } } }""", "application/json");

            var response = await gateway.CreateClient().CompleteAsync(ChatScript.Request);

            Assert.Equal("m-1", response.Model);
            Assert.Equal((expected, 7L), (telemetry.Span.GetTagItem("gen_ai.usage.input_tokens"), telemetry.Span.GetTagItem("gen_ai.usage.output_tokens")));
            Assert.Equal(expected, telemetry.Span.GetTagItem("gen_ai.usage.cache_read.input_tokens"));
            var counts = telemetry.Measurements.Where(measurement => measurement.Name.Contains("input_tokens") || Equals(measurement.Tags.GetValueOrNull("gen_ai.token.type"), "input"));
            Assert.All(counts, count => Assert.Equal(expected, (long)count.Value));
            var name = usesLatest ? "gen_ai.client.inference.operation.input_tokens" : "gen_ai.client.token.usage";
            var counted = telemetry.Of(name).Count(count => usesLatest || Equals(count.Tags["gen_ai.token.type"], "input"));
            Assert.Equal(expected is null ? 0 : 1, counted);
        }
    }

    [Fact]
    public async Task Usage_OfAnotherType_LeavesTheCallWithoutTokens()
    {
        foreach (var usage in new[] { "[]", "\"none\"", "7", "true", "null", """[{"prompt_tokens":1}]""" })
        {
            using var telemetry = new TelemetryRecorder();
            using var gateway = new ChatScript();
            gateway.Respond($$"""{"model":"m-1","choices":[],"usage":{{usage}}}""", "application/json");

            await gateway.CreateClient().CompleteAsync(ChatScript.Request);

            Assert.Null(telemetry.Span.GetTagItem("gen_ai.usage.input_tokens"));
            Assert.Empty(telemetry.Of("gen_ai.client.token.usage"));
            Assert.Single(telemetry.Of("gen_ai.client.operation.duration"));
        }
    }
}
