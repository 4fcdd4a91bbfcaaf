using System;

namespace CCApi.Sdk;

/// <summary>What telemetry knows of a call when it starts.</summary>
/// <param name="Request">The request; null for a call without a body, or with one of the caller's.</param>
/// <param name="Server">The address of the gateway.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="IsStream">Whether the response is requested as a stream.</param>
/// <param name="IsInstrumentedByCaller">Whether the caller emits the span and the metrics.</param>
/// <param name="Text">Prepares texts for attributes.</param>
internal readonly record struct CallDescription(
    object? Request, Uri Server, string Method, bool IsStream, bool IsInstrumentedByCaller, TelemetryText Text);
