using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>
/// Handles one webhook: secret, size, id, verification by the gateway, handler. No response has a body that could help an
/// attacker.
/// </summary>
internal sealed class WebhookEndpoint(
    WebhookOptionsSource source,
    Func<HttpContext, MultimodalImageGenerationResponse, CancellationToken, Task> handler,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private const string RetryAfterSeconds = "30";

    // Each holds a connection and little else.
    private const int MaxRounds = 1000;

    private readonly string? _clientName = source.Options.ClientName;
    private readonly SemaphoreSlim _slots = new(source.Options.MaxConcurrentVerifications);
    private readonly WebhookRounds _rounds = new(MaxRounds);
    private readonly RejectionLog _rejections = new(logger, time);

    public void Dispose() => _slots.Dispose();

    public async Task RespondAsync(HttpContext context)
    {
        try
        {
            var status = await TakeAsync(context).ConfigureAwait(false);
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
            }

            context.Response.StatusCode = status;
        }
        catch (Exception exception)
            when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            WebhookLog.Abandoned(logger);
        }
    }

    private async Task<int> TakeAsync(HttpContext context)
    {
        // First of all, so that a stranger makes nobody read, parse or call.
        if (!source.SecretCheck.IsIn(context.Request))
        {
            _rejections.Add();
            return StatusCodes.Status401Unauthorized;
        }

        var images = Images(context);
        var (status, id) = await ReadIdAsync(context, images).ConfigureAwait(false);
        if (id is null)
        {
            return status;
        }

        return await VerifyInTurnAsync(context, images, id).ConfigureAwait(false);
    }

    /// <remarks>One limit for all: the wait for an earlier webhook of the job, the wait for a slot, and the calls.</remarks>
    private async Task<int> VerifyInTurnAsync(HttpContext context, ImagesClient images, string id)
    {
        using var timer = new CancellationTokenSource(source.Options.VerificationTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, timer.Token);
        var limit = linked.Token;

        try
        {
            var result = await _rounds.RunAsync(
                id, () => VerifyAsync(context, images, id, limit), limit).ConfigureAwait(false);
            if (result is null)
            {
                WebhookLog.TooMany(logger, MaxRounds);
            }

            return result ?? StatusCodes.Status503ServiceUnavailable;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            WebhookLog.StillHandled(logger, id);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private ImagesClient Images(HttpContext context) => _clientName is null
        ? context.RequestServices.GetRequiredService<ImagesClient>()
        : context.RequestServices.GetRequiredKeyedService<ImagesClient>(_clientName);

    /// <remarks>The body, which may be large, is not kept while the job is verified.</remarks>
    private async Task<(int Status, string? Id)> ReadIdAsync(HttpContext context, ImagesClient images)
    {
        var maxBytes = source.Options.MaxBodyBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        if (await WebhookBody.ReadAsync(context.Request, maxBytes, context.RequestAborted).ConfigureAwait(false) is not { } body)
        {
            WebhookLog.TooLarge(logger, maxBytes);
            return (StatusCodes.Status413PayloadTooLarge, null);
        }

        if (WebhookBody.FindJobId(body.Span, images) is not { } id)
        {
            WebhookLog.Unreadable(logger);
            return (StatusCodes.Status400BadRequest, null);
        }

        return (StatusCodes.Status200OK, id);
    }

    private async Task<int> VerifyAsync(HttpContext context, ImagesClient images, string id, CancellationToken limit)
    {
        MultimodalImageGenerationResponse job;
        try
        {
            job = await GetJobAsync(images, id, limit).ConfigureAwait(false);
        }
        catch (CCApiNotFoundException exception) when (exception is not CCApiModelUnavailableException)
        {
            WebhookLog.JobUnknown(logger, id);
            return StatusCodes.Status404NotFound;
        }
        catch (ArgumentException)
        {
            // The id cannot be part of an address. It is not logged: it may contain the key.
            WebhookLog.Unreadable(logger);
            return StatusCodes.Status400BadRequest;
        }
        catch (Exception exception)
            when (exception is CCApiException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            WebhookLog.NotVerified(logger, exception, id);
            return StatusCodes.Status503ServiceUnavailable;
        }

        // Some gateways leave out what was requested, and the handler must know which job it is.
        job.Id = id;
        return await HandleAsync(context, job, id).ConfigureAwait(false);
    }

    private async Task<MultimodalImageGenerationResponse> GetJobAsync(
        ImagesClient images, string id, CancellationToken limit)
    {
        await _slots.WaitAsync(limit).ConfigureAwait(false);
        try
        {
            return await images.GetJobAsync(
                id, new CCApiRequestOptions { Total = source.Options.VerificationTimeout }, limit).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<int> HandleAsync(HttpContext context, MultimodalImageGenerationResponse job, string id)
    {
        WebhookLog.Taken(logger, id, job.Status?.Value);
        try
        {
            await handler(context, job, context.RequestAborted).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }
#pragma warning disable CA1031 // Whatever the handler throws, the sender must see that it failed and nothing more.
        catch (Exception exception) when (exception is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            WebhookLog.HandlerFailed(logger, exception, id);
            return StatusCodes.Status500InternalServerError;
        }
    }
}
