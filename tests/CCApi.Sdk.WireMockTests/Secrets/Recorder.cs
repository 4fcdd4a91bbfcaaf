using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Reflection;
using CCApi.Sdk.Models;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk.WireMockTests.Secrets;

/// <summary>
/// Everything that a program may see or write down of a call: log messages with their scopes and values, activities, metrics, and what objects say of themselves. It hears the whole process:
/// the tests that leak on purpose must not run beside the others.
/// </summary>
internal sealed class Recorder : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;

    public Recorder()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Add(
                $"activity {activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {activity.TraceStateString}",
                activity.TagObjects.Concat(activity.Baggage.Select(item => KeyValuePair.Create(item.Key, (object?)item.Value))).Concat(activity.Events.SelectMany(occurred => occurred.Tags))),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add($"metric {instrument.Name} {instrument.Description}", tags.ToArray()));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add($"metric {instrument.Name} {instrument.Description}", tags.ToArray()));
        _meters.Start();
    }

    public IReadOnlyCollection<string> Texts => _texts;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    /// <summary>Takes down what an object shows: what it prints, in a debugger too, and for an exception its data, its causes and its public properties.</summary>
    public void Look(object? shown)
    {
        if (shown is null)
        {
            return;
        }

        _texts.Enqueue($"{shown}");
        var type = shown.GetType();
        foreach (var display in type.GetCustomAttributes<DebuggerDisplayAttribute>())
        {
            _texts.Enqueue($"{display.Value} {type.GetProperty("DebuggerDisplay", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(shown)}");
        }

        if (shown is CCApiResponseInfo or CCApiAttempt or MultimodalImageGenerationResponse or ErrorObject || shown is Exception)
        {
            LookInto(shown);
        }
    }

    private void LookInto(object shown)
    {
        foreach (var property in shown.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.Name != nameof(Exception.TargetSite)))
        {
            var value = property.GetValue(shown);
            if (value is IDictionary pairs)
            {
                foreach (DictionaryEntry pair in pairs)
                {
                    _texts.Enqueue($"{pair.Key} {pair.Value}");
                }
            }
            else if (value is IEnumerable<CCApiAttempt> or IEnumerable<Exception>)
            {
                foreach (var item in (IEnumerable)value)
                {
                    Look(item);
                }
            }
            else
            {
                Look(value);
            }
        }
    }

    private void Add(string text, IEnumerable<KeyValuePair<string, object?>> values) =>
        _texts.Enqueue($"{text} {string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))}");

    private sealed class Logger(Recorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Write(category, state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Write($"log {category} {eventId.Name} {formatter(state, exception)}", state);
            recorder.Look(exception);
        }

        private void Write<TState>(string text, TState state)
        {
            // What logs headers is such a list whose text differs from its values.
            recorder._texts.Enqueue($"{text} {state}");
            recorder.Add(text, state as IEnumerable<KeyValuePair<string, object?>> ?? []);
        }
    }
}
