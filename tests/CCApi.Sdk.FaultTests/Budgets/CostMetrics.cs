using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Threading;

namespace CCApi.Sdk.FaultTests.Budgets;

/// <summary>
/// What the cost metrics of the calls to one gateway add up to. Each measurement is a double that holds the digits of one cost; the
/// sum is decimal, so that no digit is lost.
/// </summary>
internal sealed class CostMetrics : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly int _port;

    public CostMetrics(int port)
    {
        _port = port;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == CCApiDefaults.TelemetryName && instrument.Name is "ccapi.client.cost" or "ccapi.client.cost.refunded")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Add);
        _listener.Start();
    }

    /// <summary>The costs without what was given back.</summary>
    public decimal Sum { get; private set; }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "server.port" && tag.Value is int port && port == _port)
            {
                var sign = instrument.Name == "ccapi.client.cost" ? 1 : -1;
                lock (_gate)
                {
                    Sum += sign * (decimal)measurement;
                }
            }
        }
    }
}
