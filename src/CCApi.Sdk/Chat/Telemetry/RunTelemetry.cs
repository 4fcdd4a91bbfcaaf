using System;
using System.Diagnostics;
using System.Threading;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The span of a run, whose children are its calls of the model and of tools. It has no tokens: those are on the calls, once.
/// </summary>
internal sealed class RunTelemetry : IDisposable
{
    private readonly Activity _span;
    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _lastStep;
    private int _hasEnded;

    private RunTelemetry(Activity span, TimeProvider time)
    {
        _span = span;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Ends the span of a run whose enumerator was dropped without being disposed: it lasted until its last step.</summary>
    ~RunTelemetry()
    {
        // An exception here would end the process.
        SafeSpan.Run(this, static dropped => dropped.EndDropped());
    }

    /// <summary>
    /// Starts the span; null when nobody records it. The current span is that of the caller again when an iterator returns.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="tools">What starts the spans of its tools, and prepares texts; null for a fake.</param>
    /// <param name="time">The clock of its steps.</param>
    public static RunTelemetry? Start(ChatCompletionRequest request, ToolTelemetrySource? tools, TimeProvider time)
    {
        if (!TelemetrySource.HasSpanListeners)
        {
            return null;
        }

        var model = ChatTelemetry.Instance.ModelOf(request);
        if (tools is not null)
        {
            model = tools.Text.Mask(model);
        }

        var tags = default(TagList)
            .With(TelemetryNames.GenAI.OperationName, TelemetryNames.Operations.OrchestrateTools)
            .With(TelemetryNames.GenAI.ProviderName, TelemetryNames.Provider)
            .With(TelemetryNames.GenAI.RequestModel, model);

        var name = $"{TelemetryNames.Operations.OrchestrateTools} {model}";
        if (SafeSpan.Start(name.TrimEnd(), ActivityKind.Internal, tags) is { } span)
        {
            return new RunTelemetry(span, time);
        }

        return null;
    }

    /// <summary>Makes the span the current one of the asynchronous method that calls this.</summary>
    public void Enter() => Activity.Current = _span;

    /// <summary>Takes a step that the consumer gets.</summary>
    public void AddStep() => _lastStep = _time.GetElapsedTime(_start);

    public void Fail(Exception exception)
    {
        if (_span.IsAllDataRequested && ErrorCode.Of(exception) is { } code)
        {
            _span.SetTag(TelemetryNames.Common.ErrorType, code);
            _span.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            GC.SuppressFinalize(this);
            SafeSpan.Stop(_span);
        }
    }

    private void EndDropped()
    {
        _span.SetEndTime(_span.StartTimeUtc + _lastStep);
        Dispose();
    }
}
