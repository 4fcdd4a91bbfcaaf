using System.Diagnostics;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The attributes of speech.</summary>
internal sealed class SpeechTelemetry : TelemetryOperation
{
    private SpeechTelemetry()
        : base(TelemetryNames.Operations.GenerateContent)
    {
    }

    public static SpeechTelemetry Instance { get; } = new();

    public override string? ModelOf(object request) => ((AudioSpeechRequest)request).Model;

    public override void AddRequest(Activity span, object request, TelemetrySettings settings, TelemetryText text) =>
        span.SetTag(TelemetryNames.GenAI.OutputType, "speech");
}
