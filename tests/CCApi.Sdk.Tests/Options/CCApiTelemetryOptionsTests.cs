using System;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

[Collection(TelemetryTestGroup.Name)]
public class CCApiTelemetryOptionsTests
{
    [Fact]
    public async Task Options_ChangedAfterTheClientWasCreated_HaveNoEffect()
    {
        using var telemetry = new TelemetryRecorder();
        using var gateway = new ChatScript().Respond("""{"choices":[]}""", "application/json");
        var client = gateway.CreateClient();
        gateway.Options.Telemetry.CaptureContent = true;

        await client.CompleteAsync(ChatScript.Request);

        Assert.Null(telemetry.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void MaxContentLength_BelowOne_IsRejected(int length)
    {
        var options = new CCApiClientOptions { ApiKey = "sk" };
        options.Telemetry.MaxContentLength = length;

        var exception = Assert.Throws<ArgumentException>(() => new CCApiClient(options));

        Assert.StartsWith("CCApiClientOptions.Telemetry.MaxContentLength must be more than 0.", exception.Message, StringComparison.Ordinal);
    }
}
