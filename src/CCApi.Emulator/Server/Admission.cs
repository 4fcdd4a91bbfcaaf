using System;

namespace CCApi.Emulator;

/// <summary>Admits requests by key and limits, and keeps what was received and how it ended.</summary>
internal sealed class Admission(Accounts accounts, RequestLog log, TimeProvider time)
{
    /// <summary>Admits a request. Returns the error when its key or a limit does not allow it.</summary>
    public GatewayResponse? Admit(RequestRun run)
    {
        run.Now = time.GetUtcNow();
        if (FindAccount(run) is not { } account)
        {
            return GatewayResponse.Error(
                401, "Missing or invalid Authorization header", "invalid_request_error", "unauthorized");
        }

        if (account.Limiter.Admit(run.Now, run.Context.Response.Headers) is { } rejection)
        {
            return GatewayErrors.From(rejection);
        }

        run.Account = account;

        return null;
    }

    /// <summary>Adds a request to those that were received.</summary>
    public ReceivedRequest Record(RequestRun run, byte[] body)
    {
        var request = run.Context.Request;
        var headers = HeaderSnapshot.Of(request);
        var path = request.Path.Value ?? "/";
        var query = request.QueryString.Value ?? string.Empty;
        run.Received = new ReceivedRequest(run.Number, run.Now, request.Method, path, query, headers, body);
        log.Add(run.Received);

        return run.Received;
    }

    /// <summary>Ends a request, whether it was admitted or not.</summary>
    public void End(RequestRun run)
    {
        var now = time.GetUtcNow();
        run.Release(now);

        var response = run.Context.Response;
        var isAborted = run.Context.RequestAborted.IsCancellationRequested && !run.WasReset;
        var hasStatus = response.HasStarted || !run.WasReset;
        int? status = hasStatus ? response.StatusCode : null;
        run.Received?.End(status, run.Request?.Charged, now, run.ClientHungUp || isAborted);
    }

    private EmulatorAccount? FindAccount(RequestRun run)
    {
        const string scheme = "Bearer ";
        var header = run.Context.Request.Headers.Authorization.ToString();
        var hasKey = header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
        var account = accounts.Find(hasKey ? header[scheme.Length..].Trim() : string.Empty);
        if (run.Now >= account?.ExpiresAt)
        {
            return null;
        }

        return account;
    }
}
