using System;
using System.Collections.Generic;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class CallExplanationTests
{
    private const string Start = "curl -sS -X POST 'https://gateway.test/v1/chat' -H \"Authorization: Bearer $CCAPI_API_KEY\"";

    [Fact]
    public void ToString_WithEverything_HasALineForEach()
    {
        var explanation = Create("{}");
        explanation.Models = ["a", "b"];
        explanation.CoolingModels = ["b"];
        explanation.Estimate = PriceQuote.Unknown("the price is not known");
        explanation.AtMost = PriceQuote.Of(1.5m, "USD");
        explanation.Budgets = ["client: 1 spent and 0 reserved of 5 USD", "run: 2 spent and 0 reserved of 3 USD"];
        explanation.RateLimiter = "1 permits available, 0 waiting";
        explanation.Problems = ["The model is not listed.", "The budget is used up."];

        Assert.Equal(
            $"""
            {Start} --data-binary '{"{}"}'
            models: a, b (cooling down)
            estimated cost: {explanation.Estimate}
            cost at most: {explanation.AtMost}
            budget of the client: 1 spent and 0 reserved of 5 USD
            budget of the run: 2 spent and 0 reserved of 3 USD
            rate limiter: 1 permits available, 0 waiting
            problem: The model is not listed.
            problem: The budget is used up.

            """.Replace("\r", string.Empty),
            explanation.ToString());
    }

    [Fact]
    public void ToString_WithoutALimiter_HasNoLineForIt()
    {
        var explanation = Create("{}");

        Assert.Equal(
            $"{Start} --data-binary '{{}}'\nmodels: the gateway chooses\nestimated cost: {explanation.Estimate}\ncost at most: {explanation.AtMost}\n",
            explanation.ToString());
    }

    [Theory]
    [InlineData(100_000 - 2, false)]
    [InlineData(100_000 - 1, true)]
    public void Curl_OfABodyThatIsAsLongAsAnArgumentMayBe_PassesItAsOne(int length, bool isPiped)
    {
        var body = new string('a', length);

        var expected = isPiped ? $"printf %s '{body}' | {Start} --data-binary @-" : $"{Start} --data-binary '{body}'";

        Assert.Equal(expected, Create(body).Curl);
    }

    [Fact]
    public void Curl_OfHeadersWithoutAValue_SendsThemAll()
    {
        var explanation = Create("{}", new("X-Empty", ""), new("X-None", null!), new("X-Text", "it's"));

        Assert.Equal($"{Start} -H 'X-Empty;' -H 'X-None;' -H 'X-Text: it'\\''s' --data-binary '{{}}'", explanation.Curl);
    }

    private static CallExplanation Create(string body, params KeyValuePair<string, string>[] headers) =>
        new("POST", new Uri("https://gateway.test/v1/chat"), headers, body);
}
