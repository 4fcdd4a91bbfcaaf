using System;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>Logs what happens to a call, and adds it to its span and metrics.</summary>
internal static class CallEvents
{
    /// <summary>Logs one line for a call that uses a model. Polls, downloads and the catalog have none: there may be many.</summary>
    public static void Succeeded(ILogger logger, ApiCall call)
    {
        if (call.Request.UsesModel && logger.IsEnabled(LogLevel.Information))
        {
            var model = call.Redaction.Apply(call.Payload.Model ?? "the gateway's model");
            Log.CallSucceeded(logger, call.Request, model, call.Clock.Elapsed, call.Log.Number);
        }
    }

    /// <summary>Adds the exception that a call ends with.</summary>
    public static Exception Failed(ApiCall call, Exception error)
    {
        call.Telemetry?.Fail(error);

        return error;
    }

    /// <summary>Lists and logs an attempt that a strategy of the user repeats.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="call">The call.</param>
    /// <param name="failure">Why it failed; null for a success, and for what is not about the call.</param>
    /// <param name="exception">What it ended with; null for a success.</param>
    public static void Repeated(ILogger logger, ApiCall call, CallFailure? failure, Exception? exception)
    {
        var status = failure?.Status;
        var fault = exception?.GetType().Name;
        if (exception is null)
        {
            status = call.Response?.StatusCode;
        }
        else if (failure is not null)
        {
            fault = ExceptionFactory.Name(call, failure);
        }

        var attempt = call.Log.AddRepeated(call, status, fault);
        attempt.Cost = call.Costs.OfAttempt;
        if (exception is not null)
        {
            Log.AttemptFailed(logger, call.Request, attempt);
            call.Telemetry?.AddRetry(failure is null ? exception : ExceptionFactory.Create(call, failure), attempt);
        }
    }

    /// <summary>Logs a failed attempt, and what follows it.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="call">The call.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="decision">What follows it.</param>
    public static void AttemptFailed(
        ILogger logger, ApiCall call, CCApiAttempt attempt, CallFailure failure, in RetryDecision decision)
    {
        Log.AttemptFailed(logger, call.Request, attempt);
        switch (decision.Action)
        {
            case RetryAction.Retry or RetryAction.RenewKey:
                Log.Retrying(logger, call.Request, decision.Delay, attempt.Fault, attempt.Decision);
                call.Telemetry?.AddRetry(ExceptionFactory.Create(call, failure), attempt);
                break;
            case RetryAction.FailOver:
                var next = call.Redaction.Apply(call.Payload.Model!);
                Log.FailingOver(logger, call.Request, next, attempt.Fault!);
                call.Telemetry?.AddFailover(ExceptionFactory.Create(call, failure), attempt, call.Payload.Model!);
                break;
        }
    }
}
