using System;
using System.Diagnostics;

namespace CCApi.Sdk;

/// <summary>Starts and stops spans. What listeners throw stays here.</summary>
internal static class SafeSpan
{
    /// <summary>Starts a span as the current one; null when nobody records it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="tags">What sampling may depend on.</param>
    public static Activity? Start(string name, ActivityKind kind, in TagList tags)
    {
        Activity? span = null;
        try
        {
            span = TelemetrySource.Activities.CreateActivity(name, kind, parentContext: default, tags);
            span?.Start();
        }
#pragma warning disable CA1031 // A listener must not end the call. A span that was created has started by then.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        return span;
    }

    /// <summary>Stops a span, and leaves the current one as it is unless that is the span.</summary>
    public static void Stop(Activity? span)
    {
        if (span is null)
        {
            return;
        }

        var current = Activity.Current;
        Run(span, static stopped => stopped.Stop());

        // A listener that throws keeps the platform from doing it.
        Activity.Current = ReferenceEquals(current, span) ? span.Parent : current;
    }

    /// <summary>Runs something that a listener may throw in.</summary>
    public static void Run<T>(T state, Action<T> action)
    {
        try
        {
            action(state);
        }
#pragma warning disable CA1031 // A listener must not end the call.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Runs a callback of the user's; the span contains the type of what it throws.</summary>
    public static void Enrich<T>(Activity span, Action<Activity, T>? callback, T value)
    {
        try
        {
            callback?.Invoke(span, value);
        }
#pragma warning disable CA1031 // A callback must not end the call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            span.SetTag(TelemetryNames.CCApi.EnrichmentError, exception.GetType().FullName);
        }
    }
}
