using System;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>
/// Every log message of the SDK. None holds a key, a header or a body. The ids and names are what people filter by: they stay as
/// they are, and the README lists them.
/// </summary>
internal static partial class Log
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "CCApi.Sdk";

    [LoggerMessage(EventId = 1, EventName = "AttemptSucceeded", Level = LogLevel.Debug,
        Message = "{Request}: attempt {Attempt} succeeded with {Status} after {Elapsed}")]
    public static partial void AttemptSucceeded(ILogger logger, object request, int attempt, int status, TimeSpan elapsed);

    [LoggerMessage(EventId = 2, EventName = "AttemptFailed", Level = LogLevel.Debug, Message = "{Request}: {Attempt}")]
    public static partial void AttemptFailed(ILogger logger, object request, CCApiAttempt attempt);

    [LoggerMessage(EventId = 3, EventName = "Retrying", Level = LogLevel.Warning,
        Message = "{Request}: retrying in {Delay} after {Fault} ({Reason})")]
    public static partial void Retrying(ILogger logger, object request, TimeSpan delay, string? fault, string? reason);

    /// <remarks>Of the fault only the type: its message is the platform's, or that of a handler of the caller's.</remarks>
    [LoggerMessage(EventId = 4, EventName = "AttemptEnded", Level = LogLevel.Debug,
        Message = "{Request}: attempt {Attempt} ended with {Fault} after {Elapsed}")]
    public static partial void AttemptEnded(ILogger logger, object request, int attempt, string fault, TimeSpan elapsed);

    [LoggerMessage(EventId = 5, EventName = "FailingOver", Level = LogLevel.Warning,
        Message = "{Request}: failing over to {Model} after {Fault}")]
    public static partial void FailingOver(ILogger logger, object request, string model, string fault);

    /// <remarks>The only line at this level, at most one for each call.</remarks>
    [LoggerMessage(EventId = 6, EventName = "CallSucceeded", Level = LogLevel.Information,
        Message = "{Request}: {Model} responded after {Elapsed} (attempts: {Attempts})")]
    public static partial void CallSucceeded(ILogger logger, object request, string model, TimeSpan elapsed, int attempts);

    [LoggerMessage(EventId = 7, EventName = "SettingsRejected", Level = LogLevel.Warning,
        Message = "The reloaded settings are rejected, and the earlier ones stay: {Problems}")]
    public static partial void SettingsRejected(ILogger logger, string problems);
}
