using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

public class TelemetrySettingsTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, "true", true)]
    [InlineData(null, " TRUE ", true)]
    [InlineData(null, "1", false)]
    [InlineData(false, "true", false)]
    [InlineData(true, null, true)]
    public void CapturesContent_OfOptionAndVariable_PrefersTheOption(bool? option, string? variable, bool expected)
    {
        var settings = new TelemetrySettings(
            new CCApiTelemetryOptions { CaptureContent = option }, name => name == "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT" ? variable : null);

        Assert.Equal(expected, settings.CapturesContent);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, "http, gen_ai_latest_experimental", true)]
    [InlineData(null, "http/dup", false)]
    [InlineData(false, "gen_ai_latest_experimental", false)]
    [InlineData(true, null, true)]
    public void UsesLatest_OfOptionAndVariable_PrefersTheOption(bool? option, string? variable, bool expected)
    {
        var settings = new TelemetrySettings(
            new CCApiTelemetryOptions { UseLatestConventions = option }, name => name == "OTEL_SEMCONV_STABILITY_OPT_IN" ? variable : null);

        Assert.Equal(expected, settings.UsesLatest);
        Assert.Equal(expected, settings.Instruments is LatestInstruments);
    }
}
