using System;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>Every log message of the endpoint. None contains a secret, the key or what was posted, other than the id of a job.</summary>
internal static partial class WebhookLog
{
    /// <summary>The category of the messages.</summary>
    public const string Category = "CCApi.Sdk.Webhooks";

    [LoggerMessage(
        EventId = 101,
        EventName = "WebhookTaken",
        Level = LogLevel.Debug,
        Message = "Job {JobId} was announced; it is {Status}")]
    public static partial void Taken(ILogger logger, string jobId, string? status);

    [LoggerMessage(
        EventId = 102,
        EventName = "WebhookRejected",
        Level = LogLevel.Warning,
        Message = "{Count} webhook(s) without the right secret were rejected since the last such message; when the service "
            + "sent them, the webhook_url of its request lacks the secret or has an old one")]
    public static partial void Rejected(ILogger logger, int count);

    [LoggerMessage(
        EventId = 103,
        EventName = "WebhookTooLarge",
        Level = LogLevel.Warning,
        Message = "A webhook of more than {MaxBodyBytes} bytes was rejected; raise CCApiWebhookOptions.MaxBodyBytes, "
            + "or request images as URLs")]
    public static partial void TooLarge(ILogger logger, int maxBodyBytes);

    [LoggerMessage(
        EventId = 104,
        EventName = "WebhookUnreadable",
        Level = LogLevel.Warning,
        Message = "A webhook was rejected, because it is not JSON with the id of a job")]
    public static partial void Unreadable(ILogger logger);

    [LoggerMessage(
        EventId = 105,
        EventName = "WebhookJobUnknown",
        Level = LogLevel.Warning,
        Message = "A webhook was rejected, because the gateway does not know the job {JobId}")]
    public static partial void JobUnknown(ILogger logger, string jobId);

    [LoggerMessage(
        EventId = 106,
        EventName = "WebhookNotVerified",
        Level = LogLevel.Error,
        Message = "Job {JobId} was announced, but could not be verified; the sender was asked to retry")]
    public static partial void NotVerified(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(
        EventId = 107,
        EventName = "WebhookHandlerFailed",
        Level = LogLevel.Error,
        Message = "The handler failed for job {JobId}; the sender may retry")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(
        EventId = 108,
        EventName = "WebhookAbandoned",
        Level = LogLevel.Debug,
        Message = "The sender of a webhook hung up before the response")]
    public static partial void Abandoned(ILogger logger);

    [LoggerMessage(
        EventId = 109,
        EventName = "WebhookSecretExposed",
        Level = LogLevel.Warning,
        Message = "The host logs the line of every request, and with it the secret in the URL of webhooks: "
            + "set Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics to Warning")]
    public static partial void SecretExposed(ILogger logger);

    [LoggerMessage(
        EventId = 110,
        EventName = "WebhookTooMany",
        Level = LogLevel.Warning,
        Message = "A webhook was rejected, because {Count} jobs are being verified or wait for it; "
            + "the sender was asked to retry")]
    public static partial void TooMany(ILogger logger, int count);

    [LoggerMessage(
        EventId = 111,
        EventName = "WebhookOptionsRejected",
        Level = LogLevel.Error,
        Message = "The changed options of webhooks are wrong; the ones before stay in place")]
    public static partial void OptionsRejected(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 112,
        EventName = "WebhookStillHandled",
        Level = LogLevel.Warning,
        Message = "Job {JobId} was announced again while an earlier webhook of it was still handled, for longer than "
            + "CCApiWebhookOptions.VerificationTimeout; the sender was asked to retry")]
    public static partial void StillHandled(ILogger logger, string jobId);
}
