using System;

namespace CCApi.Sdk;

/// <summary>Starts the telemetry of calls to one gateway.</summary>
/// <param name="settings">What is recorded.</param>
/// <param name="server">The address of the gateway.</param>
internal sealed class CallTelemetryStarter(TelemetrySettings settings, Uri server)
{
    /// <summary>Starts the span and the metrics of a call, when something listens.</summary>
    /// <remarks>The span is the current one of the asynchronous method that calls this, and of no caller of that.</remarks>
    public void Start(ApiCall call)
    {
        if (call.Request.Operation is { } operation && settings.IsListenedTo)
        {
            call.Telemetry = CallTelemetry.Start(settings, operation, Describe(call));
        }
    }

    /// <summary>Prepares texts of and for a gateway for attributes.</summary>
    public static TelemetryText TextOf(KeyRedaction redaction) => TextOf(() => redaction);

    /// <summary>The same for the texts of one call.</summary>
    /// <param name="redaction">The redaction at that time: a key provider may add keys.</param>
    private static TelemetryText TextOf(Func<KeyRedaction> redaction) => new(
        text => redaction().Apply(text), text => PrintableText.Clean(redaction().Apply(text), PrintableText.CodeLength));

    private CallDescription Describe(ApiCall call) => new(
        call.Request.Choice,
        server,
        call.Request.Method.Method,
        call.Request.IsEventStream,
        call.Settings.IsInstrumentedByCaller,
        TextOf(() => call.Redaction));
}
