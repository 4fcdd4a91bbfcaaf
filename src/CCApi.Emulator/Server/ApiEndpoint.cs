using System;
using System.Threading.Tasks;

namespace CCApi.Emulator;

/// <summary>Handles the requests below <c>/v1</c>: admission, recording or replay, script, operation, fault, response.</summary>
internal sealed class ApiEndpoint(CCApiEmulatorOptions options, GatewayParts parts)
{
    private const string Prefix = "/v1";

    private readonly Admission _admission = new(parts.Accounts, parts.Requests, options.TimeProvider);
    private readonly RequestFaults _faults = new(parts.Faults);
    private readonly OperationRouter _router = new(options, parts);

    /// <summary>Whether a path is one of the API.</summary>
    public static bool Has(string path) => path.StartsWith(Prefix + "/", StringComparison.Ordinal);

    /// <summary>Responds to a request. Returns the outcome for the log.</summary>
    public async Task<string> HandleAsync(RequestRun run)
    {
        var context = run.Context;
        context.Features.Set(run);
        if (_admission.Admit(run) is { } rejection)
        {
            _admission.Record(run, []);
            return await parts.Sender.SendAsync(context, rejection).ConfigureAwait(false);
        }

        var (raw, problem) = await RequestContent.ReadAsync(context).ConfigureAwait(false);
        var received = _admission.Record(run, raw);
        if (problem is not null)
        {
            return await parts.Sender.SendAsync(context, problem).ConfigureAwait(false);
        }

        if (parts.Recorder is not null)
        {
            var escaped = context.Request.Path.ToUriComponent()[Prefix.Length..];
            return await parts.Recorder.ForwardAsync(context, escaped, raw).ConfigureAwait(false);
        }

        if (parts.Player?.Respond(received, parts.Script.IsStrict) is { } recorded)
        {
            return await SendAsync(run, recorded, ScriptOutcome.None).ConfigureAwait(false);
        }

        var scripted = parts.Script.Match(received);
        var outcome = scripted.FixedResponse is { } fixedResponse
            ? await SendAsync(run, fixedResponse, scripted).ConfigureAwait(false)
            : await RespondAsync(run, raw, scripted).ConfigureAwait(false);
        if (scripted.Rule is null)
        {
            return outcome;
        }

        return $"{outcome} by {scripted.Rule}";
    }

    /// <summary>Ends a request, whatever became of it.</summary>
    public void End(RequestRun run) => _admission.End(run);

    /// <summary>Sends a response that no operation made, unless the request orders a fault.</summary>
    private Task<string> SendAsync(RequestRun run, GatewayResponse response, ScriptOutcome scripted)
    {
        var (fault, unknown) = RequestFaults.Ordered(run.Context.Request, scripted);
        if (unknown is not null)
        {
            return parts.Sender.SendAsync(run.Context, unknown);
        }

        // A request that a strict script does not expect must show that, and a job has no part in these responses.
        var isIgnored = scripted.Unexpected is not null || fault?.IsOfJob == true;
        var ofResponse = isIgnored ? null : fault;
        run.WasReset = ofResponse?.Kind == EmulatorFaultKind.Reset;

        return parts.Sender.SendAsync(
            run.Context, request: null, response, ofResponse, scripted.Step?.Delay ?? TimeSpan.Zero);
    }

    private async Task<string> RespondAsync(RequestRun run, byte[] raw, ScriptOutcome scripted)
    {
        var context = run.Context;
        var delay = scripted.Step?.Delay ?? TimeSpan.Zero;
        var (body, unreadable) = RequestContent.Parse(context, raw);
        if (body is null)
        {
            return await parts.Sender.SendAsync(context, unreadable!).ConfigureAwait(false);
        }

        var operation = context.Request.Path.Value![Prefix.Length..];
        var request = new GatewayRequest(
            context, run.Account!, run.Number, $"{context.Request.Method} {operation}", body, raw, run.Now);
        run.Request = request;

        var (ordered, unknown) = RequestFaults.Ordered(context.Request, scripted);
        if (unknown is not null)
        {
            return await parts.Sender.SendAsync(context, unknown).ConfigureAwait(false);
        }

        if (ordered?.IsOfJob == true)
        {
            request.JobFault = ordered;
        }

        var response = _router.Respond(context, request, operation, scripted.Step);
        var fault = _faults.Of(ordered, scripted, operation, response.IsSuccess ? request.Model : null);
        run.WasReset = fault?.Kind == EmulatorFaultKind.Reset;

        return await parts.Sender.SendAsync(context, request, response, fault, delay).ConfigureAwait(false);
    }
}
