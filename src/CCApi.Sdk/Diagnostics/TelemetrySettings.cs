using System;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>The telemetry options of a client, with what the environment decides. Immutable.</summary>
internal sealed class TelemetrySettings
{
    public TelemetrySettings(CCApiTelemetryOptions options)
        : this(options, Environment.GetEnvironmentVariable)
    {
    }

    /// <param name="options">The options.</param>
    /// <param name="environment">Reads environment variables.</param>
    public TelemetrySettings(CCApiTelemetryOptions options, Func<string, string?> environment)
    {
        Options = options;
        CapturesContent = options.CaptureContent ?? IsTrue(environment(TelemetryNames.CaptureContentVariable));
        UsesLatest = options.UseLatestConventions ?? ListsLatest(environment(TelemetryNames.ConventionsVariable));
    }

    public CCApiTelemetryOptions Options { get; }

    public bool CapturesContent { get; }

    public bool UsesLatest { get; }

    public GenAIInstruments Instruments
    {
        get
        {
            if (UsesLatest)
            {
                return LatestInstruments.Instance;
            }

            return DefaultInstruments.Instance;
        }
    }

    /// <summary>Whether a call has anything to report to anybody. Nothing is allocated when it has not.</summary>
    public bool IsListenedTo => TelemetrySource.IsListenedTo || Instruments.IsListenedTo;

    private static bool IsTrue(string? value) => value?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    private static bool ListsLatest(string? value)
    {
        var categories = (value ?? string.Empty).Split(',').Select(category => category.Trim());
        return categories.Contains(TelemetryNames.LatestConventions, StringComparer.OrdinalIgnoreCase);
    }
}
