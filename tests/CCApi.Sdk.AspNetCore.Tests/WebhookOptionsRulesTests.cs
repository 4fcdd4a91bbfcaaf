using System;
using System.Linq;
using CCApi.Sdk.AspNetCore.Tests.Support;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class WebhookOptionsRulesTests
{
    [Theory]
    [InlineData(Site.Secret, null, 1)]
    [InlineData("0123456789ABCDEF", "X-Webhook-Secret", int.MaxValue)]
    public void Problems_OfGoodOptions_AreNone(string secret, string? header, int most) =>
        Assert.Empty(WebhookOptionsRules.Problems(new CCApiWebhookOptions { Secret = secret, SecretHeader = header, MaxBodyBytes = most }));

    [Theory]
    [InlineData(null, null, 1, "No webhook secret")]
    [InlineData("", null, 1, "No webhook secret")]
    [InlineData("too-short-secre", null, 1, "at least 16")]
    [InlineData("plus+is+a+space+in+a+query", null, 1, "only of A-Z")]
    [InlineData("with-an-umlaut-ü-somewhere", null, 1, "only of A-Z")]
    [InlineData(Site.Secret, "", 1, "the name of a header")]
    [InlineData(Site.Secret, "X Secret", 1, "the name of a header")]
    [InlineData(Site.Secret, null, 0, "MaxBodyBytes")]
    public void Problems_OfAWrongOption_SayTheFixWithoutTheSecret(string? secret, string? header, int most, string words)
    {
        var problem = Assert.Single(WebhookOptionsRules.Problems(new CCApiWebhookOptions { Secret = secret, SecretHeader = header, MaxBodyBytes = most }));

        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.True(string.IsNullOrEmpty(secret) || !problem.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_OfManyOptions_AreAllReported() =>
        Assert.Equal(3, WebhookOptionsRules.Problems(new CCApiWebhookOptions { SecretHeader = "", MaxBodyBytes = -1 }).Count());
}
