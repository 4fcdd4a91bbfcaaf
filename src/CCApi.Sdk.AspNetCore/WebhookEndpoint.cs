using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>Answers one webhook: secret, size, id, the question to the gateway, the handler. No answer has a body that could help an attacker.</summary>
internal sealed class WebhookEndpoint(CCApiWebhookOptions options, Func<HttpContext, MultimodalImageGenerationResponse, CancellationToken, Task> handler, ILogger logger)
{
    private const string RetryAfterSeconds = "30";

    private readonly WebhookSecret _secret = new(options.Secret!, options.SecretHeader);
    private readonly int _maxBodyBytes = options.MaxBodyBytes;

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            context.Response.StatusCode = await TakeAsync(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            WebhookLog.Abandoned(logger);
        }
    }

    private async Task<int> TakeAsync(HttpContext context)
    {
        // First of all, so that a stranger makes nobody read, parse or ask.
        if (!_secret.IsIn(context.Request))
        {
            WebhookLog.Refused(logger);
            return StatusCodes.Status401Unauthorized;
        }

        if (await WebhookBody.ReadAsync(context.Request, _maxBodyBytes, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            WebhookLog.TooLarge(logger, _maxBodyBytes);
            return StatusCodes.Status413PayloadTooLarge;
        }

        var images = context.RequestServices.GetRequiredService<ImagesClient>();
        if (WebhookBody.FindJobId(body.Span, images) is not { } id)
        {
            WebhookLog.Unreadable(logger);
            return StatusCodes.Status400BadRequest;
        }

        MultimodalImageGenerationResponse job;
        try
        {
            job = await images.GetJobAsync(id, options: null, context.RequestAborted).ConfigureAwait(false);
        }
        catch (CCApiNotFoundException exception) when (exception is not CCApiModelUnavailableException)
        {
            WebhookLog.JobUnknown(logger, id);
            return StatusCodes.Status404NotFound;
        }
        catch (CCApiException exception)
        {
            WebhookLog.NotVerified(logger, exception, id);
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return StatusCodes.Status503ServiceUnavailable;
        }

        // Some gateways leave out what was asked for, and the handler must know which job it is.
        job.Id = id;
        return await HandleAsync(context, job, id).ConfigureAwait(false);
    }

    private async Task<int> HandleAsync(HttpContext context, MultimodalImageGenerationResponse job, string id)
    {
        WebhookLog.Taken(logger, id, job.Status?.Value);
        try
        {
            await handler(context, job, context.RequestAborted).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }
#pragma warning disable CA1031 // Whatever the handler throws, the sender must hear that it failed and nothing more.
        catch (Exception exception) when (exception is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            WebhookLog.HandlerFailed(logger, exception, id);
            return StatusCodes.Status500InternalServerError;
        }
    }
}
