using System;
using System.Diagnostics;

namespace CCApi.Sdk;

/// <summary>
/// What the spans of a client contain beyond the defaults. Spans and metrics exist only while something listens to
/// <see cref="CCApiDefaults.TelemetryName"/>. Copied when a client is created; not thread-safe.
/// </summary>
/// <remarks>
/// The callbacks run on the path of the call, must be fast and thread-safe, and run only for spans that are recorded. One that blocks
/// delays its call, and no time budget ends it. What they throw never reaches the call: the span gets the attribute
/// <c>ccapi.enrichment.error</c> with the type of the exception.
/// </remarks>
public sealed class CCApiTelemetryOptions
{
    /// <summary>
    /// Whether spans contain messages, tool arguments and tool results. These are likely to be personal or confidential data.
    /// </summary>
    /// <value>
    /// The default is null: what the environment variable <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> specifies
    /// (<c>true</c>), else false.
    /// </value>
    public bool? CaptureContent { get; set; }

    /// <summary>
    /// The largest number of characters of content in one attribute. Of a longer conversation the last messages are kept, and a
    /// truncated text ends with an ellipsis. Images and audio are never captured, only their type and size.
    /// </summary>
    /// <value>1 or more. The default is 16,384.</value>
    public int MaxContentLength { get; set; } = CCApiDefaults.MaxTelemetryContentLength;

    /// <summary>
    /// Whether spans and metrics follow the newest generative AI conventions of OpenTelemetry, which still change, instead of
    /// version 1.41.
    /// </summary>
    /// <value>
    /// The default is null: true when the environment variable <c>OTEL_SEMCONV_STABILITY_OPT_IN</c> lists
    /// <c>gen_ai_latest_experimental</c>, else false.
    /// </value>
    public bool? UseLatestConventions { get; set; }

    /// <summary>Adds attributes to the span of a call from its request, such as a <see cref="Models.ChatCompletionRequest"/>.</summary>
    /// <value>The default is null. Not called for calls whose body is not a request of <see cref="Models"/>.</value>
    public Action<Activity, object>? EnrichWithRequest { get; set; }

    /// <summary>
    /// Adds attributes to the span of a call from its response, such as a <see cref="Models.ChatCompletionResponse"/>; of a stream, what
    /// had arrived when it ended.
    /// </summary>
    /// <value>The default is null.</value>
    public Action<Activity, object>? EnrichWithResponse { get; set; }

    /// <summary>Adds attributes to the span of a call that failed or was canceled, from the exception that its caller gets.</summary>
    /// <value>The default is null.</value>
    public Action<Activity, Exception>? EnrichWithException { get; set; }

    internal CCApiTelemetryOptions Clone() => (CCApiTelemetryOptions)MemberwiseClone();
}
