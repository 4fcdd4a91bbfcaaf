using System.Text;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ReportedTierTests
{
    [Theory]
    [InlineData("""{"service_tier":"flex"}""", "flex")]
    [InlineData("""{"service_tier":"flex","usage":{"service_tier":"priority"}}""", "flex")]
    [InlineData("""{"service_tier":null,"usage":{"service_tier":"priority"}}""", "priority")]
    [InlineData("""{"service_tier":" ","usage":{"prompt_tokens":1}}""", null)]
    [InlineData("{}", null)]
    public void ServiceTier_OfAResponse_IsItsOwnOrThatOfItsUsage(string json, string? expected)
    {
        ICostReport[] reports =
        [
            Read(json, ChatCompletionResponse.ReadFrom),
            Read(json, ChatCompletionChunk.ReadFrom),
            Read(json, LegacyImageGenerationResponse.ReadFrom),
        ];

        Assert.All(reports, report => Assert.Equal(expected, report.ServiceTier));
        if (BodyCostReport.Read(Encoding.UTF8.GetBytes(json)) is { } body)
        {
            Assert.Equal(expected, body.ServiceTier);
        }
    }

    [Fact]
    public void ServiceTier_OfSpeechAndJobs_IsThatOfTheRoot()
    {
        const string Json = """{"service_tier":"flex"}""";
        ICostReport[] reports = [Read(Json, AudioSpeechResponse.ReadFrom), Read(Json, MultimodalImageGenerationResponse.ReadFrom)];

        Assert.All(reports, report => Assert.Equal("flex", report.ServiceTier));
    }

    private static T Read<T>(string json, JsonRead.ReadClass<T> read)
        where T : class
    {
        var reader = JsonRead.Of(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return read(ref reader)!;
    }
}
