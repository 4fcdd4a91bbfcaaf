using System;
using System.Threading;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class StructuredOutputCheckTests
{
    [Theory]
    [InlineData("""{"city":"Oslo"}""", "stop", null, true)]
    [InlineData("""{"town":"Oslo"}""", "stop", null, false)]
    [InlineData("""{"city":"Oslo"}""", "content_filter", null, false)]
    [InlineData("""{"city":"Oslo"}""", "stop", "No.", false)]
    [InlineData("", "stop", null, false)]
    public void Accepts_AResponse_IsWhetherTheCallerGetsAValue(string text, string finishReason, string? refusal, bool expected)
    {
        var check = new StructuredOutputCheck<CityArgs>(JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs));

        Assert.Equal(expected, check.Accepts(Response(text, finishReason, refusal)));
    }

    [Fact]
    public void TryRead_OfEachResponse_ReadsItOnce()
    {
        var check = new StructuredOutputCheck<CityArgs>(JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs));
        var first = Response("""{"city":"Oslo"}""");

        Assert.True(check.Accepts(first));
        Assert.True(check.TryRead(first, out var value, out _));
        Assert.True(check.TryRead(first, out var again, out _));
        Assert.True(check.TryRead(Response("""{"city":"Rome"}"""), out var other, out _));
        Assert.False(check.TryRead(Response("{}"), out _, out var problem));

        Assert.Same(value, again);
        Assert.Equal(("Oslo", "Rome", "$.city is missing"), (value.City, other.City, problem));
    }

    [Fact]
    public void TryRead_ThatIsCanceled_ThrowsAndReadsNothing()
    {
        var check = new StructuredOutputCheck<CityArgs>(JsonShape<CityArgs>.Of(SampleJson.Default.CityArgs), new CancellationToken(canceled: true));

        Assert.Throws<OperationCanceledException>(() => check.TryRead(Response("""It is {"city":"Oslo"}."""), out _, out _));
    }

    private static ChatCompletionResponse Response(string text, string finishReason = "stop", string? refusal = null) => new()
    {
        Choices = [new ChatCompletionChoice { FinishReason = finishReason, Message = new ChatMessage { Role = ChatRole.Assistant, Content = text, Refusal = refusal } }],
    };
}
