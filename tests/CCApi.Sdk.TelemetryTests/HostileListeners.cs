using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>Listeners, a logger and callbacks that throw whenever they are called.</summary>
internal sealed class HostileListeners : ILoggerFactory, ILogger
{
    private readonly ActivityListener _spans;
    private readonly MeterListener _measurements;

    /// <param name="throwsInSample">Whether spans are not sampled, because that throws, or throw when they start and stop.</param>
    public HostileListeners(bool throwsInSample)
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CCApiDefaults.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => throwsInSample ? throw Exception() : ActivitySamplingResult.AllDataAndRecorded,
            SampleUsingParentId = (ref ActivityCreationOptions<string> _) => throw Exception(),
            ActivityStarted = _ => throw Exception(),
            ActivityStopped = _ => throw Exception(),
        };
        ActivitySource.AddActivityListener(_spans);
        _measurements = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == CCApiDefaults.TelemetryName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _measurements.SetMeasurementEventCallback<long>((_, _, _, _) => throw Exception());
        _measurements.SetMeasurementEventCallback<double>((_, _, _, _) => throw Exception());
        _measurements.Start();
    }

    /// <summary>How often one of them has thrown.</summary>
    public int Thrown { get; private set; }

    public void Configure(CCApiClientOptions options)
    {
        options.LoggerFactory = this;
        options.Telemetry.CaptureContent = true;
        options.Telemetry.EnrichWithRequest = (span, _) => Leak(span);
        options.Telemetry.EnrichWithResponse = (span, _) => Leak(span);
        options.Telemetry.EnrichWithException = (span, _) => Leak(span);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => throw Exception();

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw Exception();

    public void Dispose()
    {
        _spans.Dispose();
        _measurements.Dispose();
    }

    /// <summary>Ends the span of the call, leaves another as the current one, and throws.</summary>
    private void Leak(Activity span)
    {
        if (span.Source.Name == CCApiDefaults.TelemetryName)
        {
            span.Stop();
        }

        new Activity("leaked").Start();
        throw Exception();
    }

    private InvalidOperationException Exception()
    {
        Thrown++;
        return new InvalidOperationException("Hostile.");
    }
}
