using System;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CCApi.Sdk;

/// <summary>Logs with a logger of the program. What that throws stays here: it must not fail a call, which may have been charged.</summary>
/// <param name="logger">The logger.</param>
internal sealed class SafeLogger(ILogger logger) : ILogger
{
    /// <summary>The logger of the SDK; one that logs nothing when there is no factory.</summary>
    public static ILogger Create(ILoggerFactory? factory)
    {
        if (factory?.CreateLogger(Sdk.Log.Category) is { } logger)
        {
            return new SafeLogger(logger);
        }

        return NullLogger.Instance;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
#pragma warning disable CA1031 // See the summary of the class.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
#pragma warning disable CA1031 // See the summary of the class.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
