using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Handles every request: key, rate limit, operation, charge, fault, response, log.</summary>
internal sealed class Gateway
{
    /// <summary>The header with which a single request orders a fault, such as <c>reset</c> or <c>status-503</c>.</summary>
    public const string FaultHeader = "X-Emulator-Fault";

    private const string ControlPrefix = "/emulator";

    private readonly CCApiEmulatorOptions _options;
    private readonly GatewayParts _parts;
    private readonly OperationRouter _router;
    private long _requests;

    public Gateway(CCApiEmulatorOptions options, GatewayParts parts)
    {
        _options = options;
        _parts = parts;
        _router = new OperationRouter(options, parts);
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
            await _parts.Sender.SendAsync(context, request: null, Failure(exception), fault: null).ConfigureAwait(false);
        }
        finally
        {
            End(run);
            _options.Log?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{context.Request.Method,-4} {context.Request.Path} {outcome} {Stopwatch.GetElapsedTime(watch).TotalMilliseconds:0} ms"));
        }
    }

    private async Task<string> HandleAsync(RequestRun run)
    {
        var context = run.Context;
        var path = context.Request.Path.Value ?? string.Empty;
        if (!_parts.Hosts.Allows(context.Request))
        {
            return await _parts.Sender.SendAsync(context, request: null, UnknownHost(context), fault: null).ConfigureAwait(false);
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
            return await HandleControlAsync(context, path[ControlPrefix.Length..]).ConfigureAwait(false);
        }

        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            return await ResponseSender.SendPageAsync(context).ConfigureAwait(false);
        }

        var now = _options.TimeProvider.GetUtcNow();
        if (FindAccount(context, now) is not { } account)
        {
            Record(run, now, []);
            return await _parts.Sender.SendAsync(context, request: null, Unauthorized(), fault: null).ConfigureAwait(false);
        }

        if (account.Limiter.Admit(now, context.Response.Headers) is { } rejection)
        {
            Record(run, now, []);
            return await _parts.Sender.SendAsync(context, request: null, GatewayErrors.From(rejection), fault: null).ConfigureAwait(false);
        }

        run.Account = account;
        var (raw, problem) = await RequestContent.ReadAsync(context).ConfigureAwait(false);
        var received = Record(run, now, raw);
        if (problem is not null)
        {
            return await _parts.Sender.SendAsync(context, request: null, problem, fault: null).ConfigureAwait(false);
        }

        if (_parts.Recorder is not null)
        {
            var escaped = context.Request.Path.ToUriComponent()["/v1".Length..];
            return await _parts.Recorder.ForwardAsync(context, escaped, raw).ConfigureAwait(false);
        }

        if (_parts.Player is not null && (_parts.Player.Play(received) ?? NotRecorded(received)) is { } recorded)
        {
            return await _parts.Sender.SendAsync(context, request: null, recorded, fault: null).ConfigureAwait(false);
        }

        var decision = _parts.Script.Decide(received);
        var outcome = await RespondAsync(run, path["/v1".Length..], raw, now, decision).ConfigureAwait(false);
        if (decision.Rule is null)
        {
            return outcome;
        }

        return $"{outcome} by {decision.Rule}";
    }

    private GatewayResponse? NotRecorded(ReceivedRequest request)
    {
        if (_parts.Script.IsStrict)
        {
            return GatewayResponse.Error(400, _parts.Player!.Explain(request), "invalid_request_error", "invalid_request", "cassette");
        }

        return null;
    }

    private static GatewayResponse UnknownHost(HttpContext context) => GatewayResponse.Error(
        421,
        $"The emulator does not respond to the host '{context.Request.Host.Host}'. "
        + "Use 127.0.0.1 or localhost, or add the host to AllowedHosts (--allow-host).",
        "invalid_request_error",
        "invalid_request");

    private static GatewayResponse Failure(Exception exception) => GatewayResponse.Error(
        500,
        $"The emulator failed, which is a fault in it: {exception.GetType().Name}: {exception.Message}",
        "api_error",
        "internal_error");

    private async Task<string> HandleControlAsync(HttpContext context, string path)
    {
        var response = await _parts.Control.HandleAsync(context, path).ConfigureAwait(false);
        return await _parts.Sender.SendAsync(context, request: null, response, fault: null).ConfigureAwait(false);
    }

    private async Task<string> RespondAsync(RequestRun run, string operation, byte[] raw, DateTimeOffset now, ScriptDecision decision)
    {
        var context = run.Context;
        var delay = decision.Step?.Delay ?? TimeSpan.Zero;
        if (FixedResponse(decision) is { } fixedResponse)
        {
            return await _parts.Sender.SendAsync(context, request: null, fixedResponse, fault: null, delay).ConfigureAwait(false);
        }

        var (body, problem) = RequestContent.Parse(context, raw);
        if (body is null)
        {
            return await _parts.Sender.SendAsync(context, request: null, problem!, fault: null).ConfigureAwait(false);
        }

        var request = new GatewayRequest(context, run.Account!, run.Number, $"{context.Request.Method} {operation}", body, raw, now);
        run.Request = request;
        if (UnknownFault(context) is { } unknown)
        {
            return await _parts.Sender.SendAsync(context, request: null, unknown, fault: null).ConfigureAwait(false);
        }

        var ordered = OrderedFault(context, decision);
        if (ordered?.IsOfJob == true)
        {
            request.JobFault = ordered;
        }

        var response = _router.Respond(context, request, operation, decision.Step);
        var fault = FaultOf(ordered, decision, operation, response.IsSuccess ? request.Model : null);
        run.WasReset = fault?.Kind == EmulatorFaultKind.Reset;

        return await _parts.Sender.SendAsync(context, request, response, fault, delay).ConfigureAwait(false);
    }

    /// <summary>The response that a script gives without any operation; null to run the operation.</summary>
    private static GatewayResponse? FixedResponse(ScriptDecision decision)
    {
        if (decision.Unexpected is { } unexpected)
        {
            return GatewayResponse.Error(400, unexpected, "invalid_request_error", "invalid_request", "script");
        }

        return (decision.Step as ResponseStep)?.Response;
    }

    /// <summary>The fault that the script or a header of the request orders.</summary>
    private static EmulatorFault? OrderedFault(HttpContext context, ScriptDecision decision)
    {
        if (decision.Step is FaultStep step)
        {
            return step.Fault;
        }

        var name = context.Request.Headers[FaultHeader].ToString();
        if (name.Length == 0)
        {
            return null;
        }

        return EmulatorFaults.Parse(name);
    }

    /// <summary>The error for a header that names a fault which does not exist.</summary>
    private static GatewayResponse? UnknownFault(HttpContext context)
    {
        var name = context.Request.Headers[FaultHeader].ToString();
        if (name.Length == 0 || EmulatorFaults.Parse(name) is not null)
        {
            return null;
        }

        return GatewayErrors.Invalid(
            $"'{name}' is not a fault, such as reset, truncated or status-503 (status-400 to status-599).", FaultHeader);
    }

    /// <summary>An ordered fault, or a script that responds, excludes the faults that wait for any request.</summary>
    private EmulatorFault? FaultOf(EmulatorFault? ordered, ScriptDecision decision, string operation, string? model)
    {
        if (ordered is null && decision.Step is null or PassStep)
        {
            return _parts.Faults.Next(operation, model);
        }

        if (ordered?.IsOfJob == true)
        {
            return null;
        }

        return ordered;
    }

    private ReceivedRequest Record(RequestRun run, DateTimeOffset now, byte[] body)
    {
        var request = run.Context.Request;
        var headers = HeaderSnapshot.Of(request);
        var path = request.Path.Value ?? "/";
        var query = request.QueryString.Value ?? string.Empty;
        run.Received = new ReceivedRequest(run.Number, now, request.Method, path, query, headers, body);
        _parts.Requests.Add(run.Received);

        return run.Received;
    }

    private void End(RequestRun run)
    {
        var now = _options.TimeProvider.GetUtcNow();
        run.Account?.Limiter.Release(now, run.Request?.Tokens ?? 0);

        var response = run.Context.Response;
        var isAborted = run.Context.RequestAborted.IsCancellationRequested && !run.WasReset;
        int? status = response.HasStarted || !run.WasReset ? response.StatusCode : null;
        var charged = run.Request?.Charge is { } charge ? run.Request.Ledger.CreditsOf(charge) : (decimal?)null;
        run.Received?.End(status, charged, now, run.ClientHungUp || isAborted);
    }

    private bool IsForMedia(HttpContext context, string path) =>
        context.Connection.LocalPort == _parts.MediaOrigin.Port
        && (_options.MediaPort is not null || path.StartsWith(MediaStore.PathPrefix, StringComparison.Ordinal));

    private EmulatorAccount? FindAccount(HttpContext context, DateTimeOffset now)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var key = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : string.Empty;
        var account = _parts.Accounts.Find(key);
        if (now >= account?.ExpiresAt)
        {
            return null;
        }

        return account;
    }

    private static GatewayResponse Unauthorized() =>
        GatewayResponse.Error(401, "Missing or invalid Authorization header", "invalid_request_error", "unauthorized");
}
