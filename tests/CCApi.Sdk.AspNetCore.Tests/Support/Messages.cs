using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk.AspNetCore.Tests.Support;

/// <summary>Everything that was logged, of every category.</summary>
internal sealed class Messages : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, int Id, string Text)> _all = new();

    public IReadOnlyList<(string Category, LogLevel Level, int Id, string Text)> All => [.. _all];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(Messages messages, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            messages._all.Enqueue((category, logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));
    }
}
