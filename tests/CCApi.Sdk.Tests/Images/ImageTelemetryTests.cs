using System;
using System.Net;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

[Collection(TelemetryTestGroup.Name)]
public sealed class ImageTelemetryTests : IDisposable
{
    private readonly TelemetryRecorder _telemetry = new();

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public async Task Images_HaveOneSpanWithTheirUsage()
    {
        using var client = new ScriptedHandler(ScriptedHandler.Json(
            """{"id":"i1","model":"m-1","provider":"p","data":[{"url":"https://cdn.test/a.png"}],"usage":{"prompt_tokens":5,"completion_tokens":9}}""")).CreateClient();

        await client.Images.GenerateAsync(new LegacyImageGenerationRequest { Model = "m", Prompt = "A fox", N = 2 });

        Assert.Equal(
            [
                "ccapi.response.provider=p",
                "gen_ai.operation.name=generate_content",
                "gen_ai.output.type=image",
                "gen_ai.provider.name=ccapi",
                "gen_ai.request.choice.count=2",
                "gen_ai.request.model=m",
                "gen_ai.response.id=i1",
                "gen_ai.response.model=m-1",
                "gen_ai.usage.input_tokens=5",
                "gen_ai.usage.output_tokens=9",
                "server.address=api.ccapi.ai",
                "server.port=443",
            ],
            _telemetry.Span.Lines());
        Assert.Equal(14, _telemetry.Sum("gen_ai.client.token.usage"));
    }

    [Fact]
    public async Task Job_HasASpanForItsStartAndNoneForItsPolls()
    {
        using var client = new ScriptedHandler(
            ScriptedHandler.Json("""{"id":"j1","model":"m","status":"queued","poll_url":"/v1/images/jobs/j1"}""", HttpStatusCode.Accepted),
            ScriptedHandler.Json("""{"error":{"message":"busy","code":"upstream_error"}}""", HttpStatusCode.ServiceUnavailable),
            ScriptedHandler.Json("""{"id":"j1","status":"completed","data":[{"url":"https://cdn.test/a.png"}]}""")).CreateClient(options => options.TimeProvider = new SkippingTime());

        await client.Images.GenerateAsync(new MultimodalImageGenerationRequest { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox" }] });

        Assert.Equal("generate_content m [CLIENT]", _telemetry.Tree());
        Assert.Equal(("j1", "queued"), (_telemetry.Span.GetTagItem("ccapi.job.id"), _telemetry.Span.GetTagItem("ccapi.job.status")));
        Assert.Single(_telemetry.Of("gen_ai.client.operation.duration"));
        Assert.Equal("poll_image_job", Assert.Single(_telemetry.Of("ccapi.client.retries")).Tags["ccapi.operation"]);
    }
}
