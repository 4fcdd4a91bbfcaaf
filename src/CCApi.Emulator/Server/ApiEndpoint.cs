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
            return await parts.Sender.SendAsync(context, recorded).ConfigureAwait(false);
        }

        var scripted = parts.Script.Match(received);
        var outcome = await RespondAsync(run, raw, scripted).ConfigureAwait(false);
        if (scripted.Rule is null)
        {
            return outcome;
        }

        return $"{outcome} by {scripted.Rule}";
    }

    /// <summary>Ends a request, whatever became of it.</summary>
    public void End(RequestRun run) => _admission.End(run);

    private async Task<string> RespondAsync(RequestRun run, byte[] raw, ScriptOutcome scripted)
    {
        var context = run.Context;
        var delay = scripted.Step?.Delay ?? TimeSpan.Zero;
        if (scripted.FixedResponse is { } fixedResponse)
        {
            return await parts.Sender.SendAsync(context, fixedResponse, delay).ConfigureAwait(false);
        }

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
