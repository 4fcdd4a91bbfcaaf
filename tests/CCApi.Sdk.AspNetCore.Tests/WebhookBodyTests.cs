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
    [InlineData("""{"id":" "}""", null)]
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
}
