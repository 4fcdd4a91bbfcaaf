using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Sends an answer, or the fault that it meets. Each way returns what happened in a few words, for the log.</summary>
internal sealed class ReplySender
{
    private const string HiddenErrorText = """{"error":{"message":"The provider failed.","type":"upstream_error","code":502}}""";

    private readonly EmulatorLedger _ledger;
    private readonly TimeSpan _latency;
    private readonly TimeProvider _time;

    public ReplySender(EmulatorLedger ledger, CCApiEmulatorOptions options)
    {
        _ledger = ledger;
        _latency = options.Latency;
        _time = options.TimeProvider;
    }

    /// <summary>What this family of gateways answers outside of its API (observed).</summary>
    public static async Task<string> SendPageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!doctype html><html><head><title>Dashboard</title></head><body>The API is below /v1.</body></html>", context.RequestAborted).ConfigureAwait(false);
        return "200 page";
    }

    public async Task<string> SendAsync(HttpContext context, Exchange? exchange, Reply reply, EmulatorFault? fault)
    {
        await WaitAsync(context).ConfigureAwait(false);
        if (fault is null)
        {
            await SendPartAsync(context, reply, part: 1).ConfigureAwait(false);
            return Describe(exchange, reply);
        }

        await SendFaultAsync(context, exchange, reply, fault).ConfigureAwait(false);
        return Describe(fault);
    }

    private static string Describe(EmulatorFault fault) =>
        $"fault {(fault.Kind == EmulatorFaultKind.Status ? fault.Status.ToString(CultureInfo.InvariantCulture) : fault.Kind.ToString())}";

    private static string Describe(Exchange? exchange, Reply reply) =>
        reply.IsSuccess && exchange?.Model is { } model ? $"{reply.Status} {model}" : reply.Status.ToString(CultureInfo.InvariantCulture);

    private async Task SendFaultAsync(HttpContext context, Exchange? exchange, Reply reply, EmulatorFault fault)
    {
        switch (fault.Kind)
        {
            case EmulatorFaultKind.Status:
                if (fault.Status is not (504 or 520 or 524))
                {
                    Refund(exchange);
                }

                await SendPartAsync(context, ErrorOf(fault), part: 1).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Reset:
                context.Abort();
                break;
            case EmulatorFaultKind.Cut:
                await SendPartAsync(context, reply, part: 0.5).ConfigureAwait(false);
                // The server sends what was written and then closes the connection, without the end that the client waits for.
                throw new IOException(Describe(fault));
            case EmulatorFaultKind.Stall:
                await SendPartAsync(context, reply, part: 0.5).ConfigureAwait(false);
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Html:
                await SendPageAsync(context).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Hidden:
                Refund(exchange);
                await SendHiddenAsync(context, reply).ConfigureAwait(false);
                break;
            case EmulatorFaultKind.Truncated:
                await SendPartAsync(context, reply, part: 0.5, claimLength: false).ConfigureAwait(false);
                break;
        }
    }

    private static Reply ErrorOf(EmulatorFault fault)
    {
        var (type, code) = fault.Status switch
        {
            401 => ("invalid_request_error", "unauthorized"),
            402 => ("billing_error", "insufficient_funds"),
            403 => ("invalid_request_error", "access_denied"),
            404 => ("invalid_request_error", "not_found"),
            429 => ("rate_limit_error", "rate_limit_exceeded"),
            < 500 => ("invalid_request_error", "invalid_request"),
            _ => ("api_error", "upstream_error"),
        };
        return Reply.Error(fault.Status, $"The emulator was asked to fail with {fault.Status}.", type, code, retryAfter: fault.RetryAfter);
    }

    private async Task SendHiddenAsync(HttpContext context, Reply reply)
    {
        if (!reply.IsEventStream)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(HiddenErrorText, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        await SendPartAsync(context, reply, part: 0.5).ConfigureAwait(false);
        await context.Response.WriteAsync($"data: {HiddenErrorText}\n\n", context.RequestAborted).ConfigureAwait(false);
    }

    private void Refund(Exchange? exchange)
    {
        if (exchange?.Charge is { } charge)
        {
            _ledger.Refund(charge);
        }
    }

    private async Task SendPartAsync(HttpContext context, Reply reply, double part, bool claimLength = true)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.MediaType;
        if (reply.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (reply.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (reply.StreamPieces is { } pieces)
        {
            await SendPiecesAsync(context, pieces, (int)(pieces.Count * part)).ConfigureAwait(false);
            return;
        }

        if (claimLength)
        {
            response.ContentLength = reply.Body.Length;
        }

        await response.Body.WriteAsync(reply.Body.AsMemory(0, (int)(reply.Body.Length * part)), context.RequestAborted).ConfigureAwait(false);
        await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private async Task SendPiecesAsync(HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> pieces, int count)
    {
        context.Response.Headers.CacheControl = "no-cache";
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                await WaitAsync(context).ConfigureAwait(false);
            }

            await context.Response.Body.WriteAsync(pieces[i], context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private Task WaitAsync(HttpContext context) =>
        _latency > TimeSpan.Zero ? Task.Delay(_latency, _time, context.RequestAborted) : Task.CompletedTask;
}
