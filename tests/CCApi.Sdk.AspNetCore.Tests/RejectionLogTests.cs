using System;
using System.Linq;
using CCApi.Sdk.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class RejectionLogTests
{
    [Fact]
    public void Add_OfThousands_LogsOnceAMinuteHowMany()
    {
        using var messages = new Messages();
        var time = new FakeTimeProvider();
        var log = new RejectionLog(messages.CreateLogger(WebhookLog.Category), time);

        for (var second = 0; second < 130; second++)
        {
            log.Add();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["1 webhook", "60 webhook", "60 webhook"], messages.All.Select(message => message.Text[..message.Text.IndexOf('(', StringComparison.Ordinal)]));
    }
}
