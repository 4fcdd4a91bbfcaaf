using System;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>Every log message of the endpoint. None holds the secret, the key or what was posted, other than the id of a job.</summary>
internal static partial class WebhookLog
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "CCApi.Sdk.Webhooks";

    [LoggerMessage(EventId = 101, EventName = "WebhookTaken", Level = LogLevel.Debug, Message = "Job {JobId} was announced; it is {Status}")]
    public static partial void Taken(ILogger logger, string jobId, string? status);

    [LoggerMessage(EventId = 102, EventName = "WebhookRefused", Level = LogLevel.Warning,
        Message = "A webhook without the right secret was refused; when the service sent it, the webhook_url of its request lacks the secret or has an old one")]
    public static partial void Refused(ILogger logger);

    [LoggerMessage(EventId = 103, EventName = "WebhookTooLarge", Level = LogLevel.Warning,
        Message = "A webhook of more than {MaxBodyBytes} bytes was refused; raise CCApiWebhookOptions.MaxBodyBytes, or ask for images as URLs")]
    public static partial void TooLarge(ILogger logger, int maxBodyBytes);

    [LoggerMessage(EventId = 104, EventName = "WebhookUnreadable", Level = LogLevel.Warning, Message = "A webhook was refused, because it is not JSON with the id of a job")]
    public static partial void Unreadable(ILogger logger);

    [LoggerMessage(EventId = 105, EventName = "WebhookJobUnknown", Level = LogLevel.Warning, Message = "A webhook was refused, because the gateway knows no job {JobId}")]
    public static partial void JobUnknown(ILogger logger, string jobId);

    [LoggerMessage(EventId = 106, EventName = "WebhookNotVerified", Level = LogLevel.Error, Message = "Job {JobId} was announced, but cannot be asked for; the sender was told to come again")]
    public static partial void NotVerified(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(EventId = 107, EventName = "WebhookHandlerFailed", Level = LogLevel.Error, Message = "The handler failed for job {JobId}; the sender may come again")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(EventId = 108, EventName = "WebhookAbandoned", Level = LogLevel.Debug, Message = "The sender of a webhook hung up before it was answered")]
    public static partial void Abandoned(ILogger logger);

    [LoggerMessage(EventId = 109, EventName = "WebhookSecretExposed", Level = LogLevel.Warning,
        Message = "The host logs the line of every request, and with it the secret in the URL of webhooks: set Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics to Warning")]
    public static partial void SecretExposed(ILogger logger);
}
