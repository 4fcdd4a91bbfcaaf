using System;
using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class WebhookBodyTests
{
    [Theory]
    [InlineData("""{"id":"job_1"}""", "job_1")]
    [InlineData("""{"id":42}""", "42")]
    [InlineData("""{"status":7,"data":"nonsense","error":[],"id":"job_1","more":{"id":"job_2"}}""", "job_1")]
    [InlineData("""{"poll_url":"/v1/images/jobs/job_1"}""", "job_1")]
    [InlineData("\uFEFF{\"id\":\"job_1\"}", "job_1")]
    [InlineData("""{"id":"job_1","\ud83d":["\ud83d"]}""", "job_1")]
    [InlineData("""{"id":["job_1"],"poll_url":"/v1/images/jobs/job_2"}""", "job_2")]
    [InlineData("""{"id":"job_1","id":"job_2"}""", "job_2")]
    [InlineData("""{"\u0069d":"job_1"}""", "job_1")]
    [InlineData("""{"poll\u005furl":"/v1/images/jobs/job_1"}""", "job_1")]
    [InlineData("""{"id":"job_1","i\ud83d":"job_2","\uD83Dd":"job_3"}""", "job_1")]
    [InlineData("""{"\\u0069d":"job_1"}""", null)]
    [InlineData("""{"id":" "}""", null)]
    [InlineData("""{"data":{"id":"job_1"}}""", null)]
    [InlineData("""{"id":"a\u0000b"}""", null)]
    [InlineData("""{"id":"job_1"} and more""", null)]
    [InlineData("\"job_1\"", null)]
    public void FindJobId_OfABody_TakesNothingElse(string body, string? id)
    {
        using var client = new CCApiClient("sk-test");

        Assert.Equal(id, WebhookBody.FindJobId(Encoding.UTF8.GetBytes(body), client.Images));
    }

    [Fact]
    public void FindJobId_OfAnEndlessId_IsNone()
    {
        using var client = new CCApiClient("sk-test");

        Assert.Null(WebhookBody.FindJobId(Encoding.UTF8.GetBytes($$"""{"id":"{{new string('x', 257)}}"}"""), client.Images));
    }

    [Theory]
    [InlineData("data", "{}")]
    [InlineData("id", "{}")]
    [InlineData("poll_url", "[]")]
    [InlineData("more", "0")]
    public void FindJobId_OfMillionsOfValues_AllocatesNothingForThem(string member, string value)
    {
        using var client = new CCApiClient("sk-test");
        var values = string.Join(',', Enumerable.Repeat(value, 1_000_000));
        var body = Encoding.UTF8.GetBytes($$"""{"id":"job_1","{{member}}":[{{values}}],"id":"job_2"}""");
        WebhookBody.FindJobId("""{"id":"job_1"}"""u8, client.Images);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var id = WebhookBody.FindJobId(body, client.Images);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("job_2", id);
        Assert.InRange(allocated, 0, 100_000);
    }
}
