using System.Diagnostics;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Starts the spans of the tools of one run.</summary>
/// <param name="settings">Whether the spans contain arguments and results.</param>
/// <param name="text">Prepares texts for attributes.</param>
internal sealed class ToolTelemetrySource(TelemetrySettings settings, TelemetryText text)
{
    /// <summary>Prepares texts for attributes.</summary>
    public TelemetryText Text => text;

    /// <summary>Starts the span of a tool; null when nobody records it. The caller must be an asynchronous method.</summary>
    /// <param name="call">The call, as the model wrote it.</param>
    /// <param name="description">The description of the tool.</param>
    public ToolTelemetry? Start(ChatToolCall call, string? description)
    {
        if (!TelemetrySource.HasSpanListeners)
        {
            return null;
        }

        var tool = text.Mask(call.Function?.Name);
        var tags = default(TagList)
            .With(TelemetryNames.GenAI.OperationName, TelemetryNames.Operations.ExecuteTool)
            .With(TelemetryNames.GenAI.ToolName, tool)
            .With(TelemetryNames.GenAI.ToolType, "function")
            .With(TelemetryNames.GenAI.ToolCallId, text.Clean(call.Id))
            .With(TelemetryNames.GenAI.ToolDescription, text.Mask(description));

        var span = SafeSpan.Start($"{TelemetryNames.Operations.ExecuteTool} {tool}", ActivityKind.Internal, tags);
        if (span is null)
        {
            return null;
        }

        var telemetry = new ToolTelemetry(settings, text, span);
        telemetry.AddArguments(call.Function?.Arguments?.ToString());

        return telemetry;
    }
}
