using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk.Fuzz;

/// <summary>Keeps what is logged, as a logger writes it.</summary>
internal sealed class SessionLog : ILoggerFactory, ILogger
{
    public List<string> Lines { get; } = [];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Lines)
        {
            Lines.Add($"{formatter(state, exception)}{exception}");
        }
    }

    public void Dispose()
    {
    }
}
