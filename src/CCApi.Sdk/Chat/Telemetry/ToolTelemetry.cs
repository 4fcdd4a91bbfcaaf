using System;
using System.Diagnostics;

namespace CCApi.Sdk;

/// <summary>The span of one tool that runs. It is the current one while it does, so that the tool's own spans are its children.</summary>
/// <param name="settings">Whether the span contains arguments and results.</param>
/// <param name="text">Prepares texts for attributes.</param>
/// <param name="span">The span, which has started.</param>
internal sealed class ToolTelemetry(TelemetrySettings settings, TelemetryText text, Activity span) : IDisposable
{
    public void AddArguments(string? arguments) => AddContent(TelemetryNames.GenAI.ToolCallArguments, arguments);

    public void AddResult(string? result) => AddContent(TelemetryNames.GenAI.ToolCallResult, result);

    /// <summary>A tool throws what it likes: its type is the code.</summary>
    public void Fail(Exception exception)
    {
        if (!span.IsAllDataRequested)
        {
            return;
        }

        span.SetTag(TelemetryNames.Common.ErrorType, exception.GetType().FullName);
        var message = settings.CapturesContent ? text.Mask(exception.Message, settings.Options.MaxContentLength) : null;
        span.SetStatus(ActivityStatusCode.Error, message);
    }

    public void Dispose() => SafeSpan.Stop(span);

    private void AddContent(string name, string? content)
    {
        var isRecorded = span.IsAllDataRequested && settings.CapturesContent;
        if (isRecorded && content is not null)
        {
            span.SetTag(name, text.Mask(content, settings.Options.MaxContentLength));
        }
    }
}
