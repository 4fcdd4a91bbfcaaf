using System;
using System.Diagnostics;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>
/// The span and the metrics of one call, from its start to its end. It exists only while something listens, and nothing that a
/// listener or a callback throws leaves it.
/// </summary>
/// <remarks>
/// Starting it makes its span the current one, so it must be started in an asynchronous method, whose caller keeps its own. Ending
/// it leaves the current span as it is, because the consumer of a stream may end it.
/// </remarks>
internal sealed partial class CallTelemetry
{
    private static readonly object _callersGate = new();

    private readonly TelemetrySettings _settings;
    private readonly TelemetryOperation _operation;
    private readonly CallDescription _call;
    private readonly string? _model;
    private readonly TagList _commonTags;
    private readonly Activity? _span;
    private string? _errorType;
    private TelemetryResult _result;
    private CCApiCost? _cost;
    private TimeSpan? _firstChunk;
    private TimeSpan _lastChunk;
    private int _repeats;
    private int _hasEnded;

    private CallTelemetry(TelemetrySettings settings, TelemetryOperation operation, in CallDescription call)
    {
        _settings = settings;
        _operation = operation;
        _call = call;
        _model = call.Request is { } request ? call.Text.Mask(operation.ModelOf(request)) : null;
        _commonTags = CreateCommonTags();
        _span = call.IsInstrumentedByCaller ? SpanOfCaller() : StartSpan();
    }

    /// <summary>
    /// Ends the telemetry of a stream whose enumerator was dropped without being disposed: it lasted until its last chunk.
    /// </summary>
    ~CallTelemetry()
    {
        // The constructor may have failed, and an exception here would end the process.
        SafeSpan.Run(this, static dropped => dropped.EndDropped());
    }

    /// <summary>Whether the span and the metrics of the conventions are emitted here.</summary>
    private bool IsOwner => !_call.IsInstrumentedByCaller;

    private bool HasModelMetrics => IsOwner && _operation.UsesModel;

    /// <summary>The span, when somebody records it.</summary>
    private Activity? Recorded => _span is { IsAllDataRequested: true } span ? span : null;

    /// <summary>Starts the telemetry of a call; null when nothing listens.</summary>
    public static CallTelemetry? Start(TelemetrySettings settings, TelemetryOperation operation, in CallDescription call)
    {
        if (!settings.IsListenedTo)
        {
            return null;
        }

        var telemetry = new CallTelemetry(settings, operation, call);
        telemetry.AddRequest();

        return telemetry;
    }

    /// <summary>Takes the response, or what arrived of it.</summary>
    public void AddResponse(object? response)
    {
        if (response is null)
        {
            return;
        }

        _result = _operation.ResultOf(response);
        _cost = (response as IApiResponse)?.Info?.Cost ?? _cost;
        SetError(_call.Request is { } request ? _operation.ErrorOf(request, response) : null);
        if (Recorded is not { } span)
        {
            return;
        }

        if (IsOwner)
        {
            SafeSpan.Run(
                (Telemetry: this, span, response),
                static state => state.Telemetry._operation.AddResponse(
                    state.span, state.response, state.Telemetry._settings, state.Telemetry._call.Text));
        }

        SafeSpan.Enrich(span, _settings.Options.EnrichWithResponse, response);
    }

    /// <summary>Takes the cost of a response that is opened and not read here.</summary>
    public void AddCost(CCApiCost? cost) => _cost = cost ?? _cost;

    /// <summary>Takes the id of the request, as the gateway reported it.</summary>
    public void AddRequestId(string? id)
    {
        if (id is not null && Recorded is { } span)
        {
            span.SetTag(TelemetryNames.CCApi.RequestId, _call.Text.Clean(id));
        }
    }

    /// <summary>Takes a chunk of a stream.</summary>
    /// <param name="elapsed">How long the call has run.</param>
    public void AddChunk(TimeSpan elapsed)
    {
        if (!_call.IsStream)
        {
            return;
        }

        if (_firstChunk is null)
        {
            _firstChunk = elapsed;
        }
        else if (HasModelMetrics)
        {
            RecordChunk(elapsed - _lastChunk);
        }

        _lastChunk = elapsed;
    }

    /// <summary>Forgets the chunks of an attempt that failed before its content.</summary>
    public void DropChunks() => _firstChunk = null;

    /// <summary>Takes a repeated attempt with the same model.</summary>
    /// <param name="failure">Why the attempt failed.</param>
    /// <param name="attempt">The attempt that failed.</param>
    public void AddRetry(Exception failure, CCApiAttempt attempt)
    {
        _repeats++;
        var error = ErrorCode.Of(failure);
        var tags = EventTags(error, attempt)
            .With(TelemetryNames.CCApi.Delay, attempt.Delay?.TotalSeconds)
            .With(TelemetryNames.CCApi.Reason, attempt.Decision);
        Recorded?.AddEvent(new ActivityEvent(TelemetryNames.CCApi.RetryEvent, tags: [.. tags]));
        RecordRetry(error);
    }

    /// <summary>Takes a change to another model.</summary>
    /// <param name="failure">Why the attempt failed.</param>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="model">The next model.</param>
    public void AddFailover(Exception failure, CCApiAttempt attempt, string model)
    {
        _repeats++;
        var error = ErrorCode.Of(failure);
        var masked = _call.Text.Mask(model)!;
        var tags = EventTags(error, attempt).With(TelemetryNames.CCApi.FailoverModel, masked);
        Recorded?.AddEvent(new ActivityEvent(TelemetryNames.CCApi.FailoverEvent, tags: [.. tags]));
        RecordFailover(error, masked);
    }

    /// <summary>Takes the exception that the caller gets. A cancellation leaves the status unset.</summary>
    public void Fail(Exception exception)
    {
        SetError(ErrorCode.Of(exception));
        var exceptionOfCall = exception as CCApiException;

        // What arrived of a stream follows when it is closed.
        if (exceptionOfCall?.PartialResponse is { } partial && _result.Tokens is null && !_call.IsStream)
        {
            AddResponse(partial);
        }

        _cost = exceptionOfCall?.Cost ?? _cost;

        if (Recorded is not { } span)
        {
            return;
        }

        span.SetTag(TelemetryNames.Common.StatusCode, (int?)exceptionOfCall?.StatusCode);
        if (IsOwner && _errorType is not null && _settings.CapturesContent)
        {
            // The message may quote what was sent.
            span.SetStatus(ActivityStatusCode.Error, _call.Text.Mask(exception.Message, _settings.Options.MaxContentLength));
        }

        SafeSpan.Enrich(span, _settings.Options.EnrichWithException, exception);
    }

    /// <summary>Records the metrics and stops the span. Only the first call counts.</summary>
    /// <param name="elapsed">How long the call ran.</param>
    /// <param name="attempts">How many attempts it made.</param>
    public void End(TimeSpan elapsed, int attempts)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

#pragma warning disable CA1816 // It is the end of the telemetry, whose finalizer only ends what nobody else does.
        GC.SuppressFinalize(this);
#pragma warning restore CA1816
        AddEnd(attempts);
        SafeSpan.Isolate((Telemetry: this, elapsed), static state => state.Telemetry.RecordMetrics(state.elapsed));
        RecordCost();
        if (IsOwner)
        {
            SafeSpan.Stop(_span);
        }
    }

    private void EndDropped()
    {
        _span?.SetEndTime(_span.StartTimeUtc + _lastChunk);
        End(_lastChunk, _repeats + 1);
    }

    /// <summary>Sets the code of the error and the status; the first error counts.</summary>
    private void SetError(string? code)
    {
        _errorType ??= code;
        if (code is not null && IsOwner)
        {
            Recorded?.SetStatus(ActivityStatusCode.Error);
        }
    }

    private Activity? StartSpan()
    {
        if (!_operation.HasSpan)
        {
            return null;
        }

        var name = _model is null ? _operation.Name : $"{_operation.Name} {_model}";
        var tags = _commonTags;
        if (!_operation.UsesModel)
        {
            tags.Add(TelemetryNames.Common.HttpMethod, _call.Method);
        }

        return SafeSpan.Start(name, ActivityKind.Client, tags);
    }

    /// <summary>The span of a caller that follows the conventions; any other span around the call is not about it.</summary>
    private static Activity? SpanOfCaller()
    {
        if (Activity.Current is { } span && span.GetTagItem(TelemetryNames.GenAI.OperationName) is not null)
        {
            return span;
        }

        return null;
    }

    private void AddRequest()
    {
        if (Recorded is not { } span || _call.Request is not { } request)
        {
            return;
        }

        if (IsOwner)
        {
            SafeSpan.Run(
                (Telemetry: this, span, request),
                static state => state.Telemetry._operation.AddRequest(
                    state.span, state.request, state.Telemetry._settings, state.Telemetry._call.Text));
            span.SetTag(TelemetryNames.GenAI.RequestStream, _call.IsStream ? true : null);
        }

        SafeSpan.Enrich(span, _settings.Options.EnrichWithRequest, request);
    }

    private void AddEnd(int attempts)
    {
        if (Recorded is not { } span)
        {
            return;
        }

        if (!IsOwner)
        {
            // The span of a loop of tools, for example, has several calls.
            lock (_callersGate)
            {
                AddSums(span, attempts, span.GetTagItem(TelemetryNames.Common.ResendCount) as int?, CostOn(span));
            }

            return;
        }

        AddSums(span, attempts, resendsBefore: null, costBefore: 0);
        span.SetTag(TelemetryNames.Common.ErrorType, _errorType);
        span.SetTag(TelemetryNames.GenAI.ResponseTimeToFirstChunk, _firstChunk?.TotalSeconds);
    }

    /// <summary>Adds what calls of one span have together.</summary>
    private void AddSums(Activity span, int attempts, int? resendsBefore, double costBefore)
    {
        var resends = attempts - 1 + (resendsBefore ?? 0);
        span.SetTag(TelemetryNames.Common.ResendCount, resends > 0 ? resends : null);
        if (_operation.IsCharged && _cost is { Amount: { } amount })
        {
            span.SetTag(TelemetryNames.CCApi.CostAmount, costBefore + (double)amount);
            span.SetTag(TelemetryNames.CCApi.CostCurrency, _call.Text.Clean(_cost.Currency));
            span.SetTag(TelemetryNames.CCApi.CostSource, SourceOf(_cost));
        }
    }

    /// <summary>What earlier calls added to a span; 0 when it is in another currency.</summary>
    private double CostOn(Activity span)
    {
        var isSameCurrency = span.GetTagItem(TelemetryNames.CCApi.CostCurrency) as string == _call.Text.Clean(_cost?.Currency);
        if (isSameCurrency && span.GetTagItem(TelemetryNames.CCApi.CostAmount) is double amount)
        {
            return amount;
        }

        return 0;
    }

    private static string SourceOf(CCApiCost cost) => cost.Source switch
    {
        CostSource.Reported => "reported",
        CostSource.Computed => "computed",
        CostSource.Cache => "cache",
        _ => "unknown",
    };

    private static TagList EventTags(string? error, CCApiAttempt attempt) => default(TagList)
        .With(TelemetryNames.CCApi.Attempt, attempt.Number)
        .With(TelemetryNames.Common.ErrorType, error)
        .With(TelemetryNames.Common.StatusCode, (int?)attempt.StatusCode);
}
