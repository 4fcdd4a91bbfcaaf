using System;
using System.Diagnostics;
using System.Threading.Tasks;

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
            span = TelemetrySource.Activities?.CreateActivity(name, kind, parentContext: default, tags);
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

        if (!ReferenceEquals(Activity.Current, span))
        {
            Isolate(span, static stopped => stopped.Stop());
            return;
        }

        Run(span, static stopped => stopped.Stop());

        // A listener that throws keeps the platform from doing it.
        if (ReferenceEquals(Activity.Current, span))
        {
            Activity.Current = span.Parent;
        }
    }

    /// <summary>Runs something that a listener may throw in, or change the current span, which is the same again afterwards.</summary>
    public static void Isolate<T>(T state, Action<T> action) => _ = IsolateAsync(state, action);

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

    /// <summary>
    /// Runs a callback of the user's; the span contains the type of what it throws, and a span that it starts is not the current one
    /// afterwards.
    /// </summary>
    public static void Enrich<T>(Activity span, Action<Activity, T>? callback, T value)
    {
        if (callback is not null)
        {
            Isolate((span, callback, value), static state => InvokeEnrichment(state.span, state.callback, state.value));
        }
    }

    private static void InvokeEnrichment<T>(Activity span, Action<Activity, T> callback, T value)
    {
        try
        {
            callback(span, value);
        }
#pragma warning disable CA1031 // A callback must not end the call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            span.SetTag(TelemetryNames.CCApi.EnrichmentError, exception.GetType().FullName);
        }
    }

    /// <remarks>
    /// An asynchronous method gives its caller the execution context back. Setting the current span again would not: the platform
    /// rejects one that has stopped meanwhile, as the span of a request has when a stream outlives it.
    /// </remarks>
#pragma warning disable CS1998 // See the remarks.
    private static async Task IsolateAsync<T>(T state, Action<T> action) => Run(state, action);
#pragma warning restore CS1998
}
