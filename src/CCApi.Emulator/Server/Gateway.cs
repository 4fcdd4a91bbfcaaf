using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Takes every request, hands it to the part that handles its address, and logs the outcome.</summary>
internal sealed class Gateway
{
    private const string ControlPrefix = "/emulator";

    private readonly CCApiEmulatorOptions _options;
    private readonly GatewayParts _parts;
    private readonly ApiEndpoint _api;
    private long _requests;

    public Gateway(CCApiEmulatorOptions options, GatewayParts parts)
    {
        _options = options;
        _parts = parts;
        _api = new ApiEndpoint(options, parts);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var watch = Stopwatch.GetTimestamp();
        var run = new RequestRun(context, Interlocked.Increment(ref _requests));
        context.Response.Headers["x-request-id"] = string.Create(CultureInfo.InvariantCulture, $"emu-{_options.Seed}-{run.Number:D6}");

        var outcome = "aborted";

        try
        {
            outcome = await HandleAsync(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            run.ClientHungUp = true;
        }
        catch (IOException exception)
        {
            outcome = exception.Message;
            throw;
        }
#pragma warning disable CA1031 // A client of any language must see what happened, not an empty 500.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            outcome = $"500 {exception.GetType().Name}";
            await _parts.Sender.SendAsync(context, Failure(exception)).ConfigureAwait(false);
        }
        finally
        {
            _api.End(run);
            _options.Log?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{context.Request.Method,-4} {context.Request.Path} {outcome} {Stopwatch.GetElapsedTime(watch).TotalMilliseconds:0} ms"));
        }
    }

    private async Task<string> HandleAsync(RequestRun run)
    {
        var context = run.Context;
        var path = context.Request.Path.Value ?? string.Empty;
        if (_parts.Hosts.RejectionOf(context.Request) is { } rejection)
        {
            return await _parts.Sender.SendAsync(context, rejection).ConfigureAwait(false);
        }

        if (IsForMedia(context, path))
        {
            return await _parts.MediaHost.HandleAsync(context).ConfigureAwait(false);
        }

        if (_parts.Cors.Apply(context))
        {
            return "204 preflight";
        }

        if (path == ControlPrefix)
        {
            // The page loads its files by addresses relative to the folder.
            context.Response.Redirect($"{ControlPrefix}/");
            return "302 page";
        }

        if (path.StartsWith(ControlPrefix + "/", StringComparison.Ordinal))
        {
            var response = await _parts.Control.HandleAsync(context, path[ControlPrefix.Length..]).ConfigureAwait(false);
            return await _parts.Sender.SendAsync(context, response).ConfigureAwait(false);
        }

        if (ApiEndpoint.Has(path))
        {
            return await _api.HandleAsync(run).ConfigureAwait(false);
        }

        return await ResponseSender.SendPageAsync(context).ConfigureAwait(false);
    }

    private bool IsForMedia(HttpContext context, string path)
    {
        if (context.Connection.LocalPort != _parts.MediaOrigin.Port)
        {
            return false;
        }

        return _options.MediaPort is not null || path.StartsWith(MediaStore.PathPrefix, StringComparison.Ordinal);
    }

    private static GatewayResponse Failure(Exception exception) => GatewayResponse.Error(
        500,
        $"The emulator failed, which is a bug in it: {exception.GetType().Name}: {exception.Message}",
        "api_error",
        "internal_error");
}
