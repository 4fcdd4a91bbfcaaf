using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Sends a response, or the fault that replaces it. Each method returns a short outcome for the log.</summary>
internal sealed class ResponseSender
{
    private const string HiddenErrorText = """{"error":{"message":"The provider failed.","type":"upstream_error","code":502}}""";

    private readonly TimeSpan _latency;
    private readonly TimeProvider _time;

    public ResponseSender(CCApiEmulatorOptions options)
    {
        _latency = options.Latency;
        _time = options.TimeProvider;
    }

    /// <summary>The page that gateways of this family serve outside of their API (observed).</summary>
    public static async Task<string> SendPageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            "<!doctype html><html><head><title>Dashboard</title></head><body>The API is below /v1.</body></html>",
            context.RequestAborted).ConfigureAwait(false);

        return "200 page";
    }

    /// <summary>Sends a response that is not the result of an operation.</summary>
    public Task<string> SendAsync(HttpContext context, GatewayResponse response, TimeSpan delay = default) =>
        SendAsync(context, request: null, response, fault: null, delay);

    public async Task<string> SendAsync(
        HttpContext context,
        GatewayRequest? request,
        GatewayResponse response,
        EmulatorFault? fault,
        TimeSpan delay = default)
    {
        await WaitAsync(context, _latency + delay).ConfigureAwait(false);
        if (fault is null)
        {
            await SendPartAsync(context, response, part: 1).ConfigureAwait(false);
            return Describe(request, response);
        }

        await SendFaultAsync(context, request, response, fault).ConfigureAwait(false);

        return Describe(fault);
    }

    private static string Describe(EmulatorFault fault) =>
        $"fault {(fault.Kind == EmulatorFaultKind.Status ? fault.Status.ToString(CultureInfo.InvariantCulture) : fault.Kind.ToString())}";

    private static string Describe(GatewayRequest? request, GatewayResponse response)
    {
        if (response.IsSuccess && request?.Model is { } model)
        {
            return $"{response.Status} {model}";
        }

        return response.Status.ToString(CultureInfo.InvariantCulture);
    }

    private async Task SendFaultAsync(
        HttpContext context, GatewayRequest? request, GatewayResponse response, EmulatorFault fault)
    {
        switch (fault.Kind)
        {
            case EmulatorFaultKind.Status:
                if (fault.Status is not (504 or 520 or 524))
                {
                    request?.Refund();
                }

                await SendPartAsync(context, ErrorOf(fault), part: 1).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Reset:
                Release(context);
                context.Abort();
                break;
            case EmulatorFaultKind.Cut:
                await SendPartAsync(context, response, part: 0.5).ConfigureAwait(false);
                // The server sends what was written and then closes the connection, without the end that the client waits for.
                throw new IOException(Describe(fault));
            case EmulatorFaultKind.Stall:
                await SendPartAsync(context, response, part: 0.5).ConfigureAwait(false);
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Html:
                Release(context);
                await SendPageAsync(context).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Hidden:
                request?.Refund();
                await SendHiddenAsync(context, response).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Truncated:
                await SendPartAsync(context, response, part: 0.5, claimLength: false).ConfigureAwait(false);
                break;
        }
    }

    private static GatewayResponse ErrorOf(EmulatorFault fault)
    {
        var (type, code) = GatewayErrors.UsualOf(fault.Status);
        return GatewayResponse.Error(
            fault.Status,
            $"The emulator was asked to fail with {fault.Status}.",
            type,
            code,
            retryAfter: fault.RetryAfter);
    }

    private async Task SendHiddenAsync(HttpContext context, GatewayResponse response)
    {
        if (!response.IsEventStream)
        {
            context.Response.ContentType = "application/json";
            Release(context);
            await context.Response.WriteAsync(HiddenErrorText, context.RequestAborted).ConfigureAwait(false);

            return;
        }

        await SendPartAsync(context, response, part: 0.5).ConfigureAwait(false);
        Release(context);
        await context.Response.WriteAsync(
            $"data: {HiddenErrorText}\n\n", context.RequestAborted).ConfigureAwait(false);
    }

    private async Task SendPartAsync(
        HttpContext context, GatewayResponse response, double part, bool claimLength = true)
    {
        var target = context.Response;
        target.StatusCode = response.Status;
        target.ContentType = response.MediaType.Length == 0 ? null : response.MediaType;
        foreach (var (name, value) in response.Headers)
        {
            target.Headers[name] = value;
        }

        if (response.Status == StatusCodes.Status401Unauthorized)
        {
            target.Headers.WWWAuthenticate = "Bearer";
        }

        if (response.RetryAfter is { } wait)
        {
            target.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var hasNoBody = response.Status
            is StatusCodes.Status204NoContent
            or StatusCodes.Status205ResetContent
            or StatusCodes.Status304NotModified;
        if (hasNoBody)
        {
            return;
        }

        if (response.StreamPieces is { } pieces)
        {
            await SendPiecesAsync(context, pieces, (int)(pieces.Count * part)).ConfigureAwait(false);
            if (response.IsBroken)
            {
                await target.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                throw new IOException(FormattableString.Invariant($"{response.Status}, broken as it was recorded"));
            }

            return;
        }

        if (claimLength)
        {
            target.ContentLength = response.Body.Length;
        }

        var isWhole = part == 1;
        if (isWhole)
        {
            Release(context);
        }

        await target.Body.WriteAsync(
            response.Body.AsMemory(0, (int)(response.Body.Length * part)),
            context.RequestAborted).ConfigureAwait(false);
        await target.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private async Task SendPiecesAsync(HttpContext context, IReadOnlyList<StreamPiece> pieces, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var delay = pieces[i].Delay ?? (i > 0 ? _latency : TimeSpan.Zero);
            await WaitAsync(context, delay).ConfigureAwait(false);
            if (i == pieces.Count - 1)
            {
                Release(context);
            }

            await context.Response.Body.WriteAsync(pieces[i].Bytes, context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the next request of the client in, which it may send with the last byte that it receives.</summary>
    private void Release(HttpContext context) => context.Features.Get<RequestRun>()?.Release(_time.GetUtcNow());

    private Task WaitAsync(HttpContext context, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            return Task.Delay(delay < EmulatorBounds.MaxDelay ? delay : EmulatorBounds.MaxDelay, _time, context.RequestAborted);
        }

        return Task.CompletedTask;
    }
}
