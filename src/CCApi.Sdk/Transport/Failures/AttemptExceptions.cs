using System;
using System.Net.Http;

namespace CCApi.Sdk;

/// <summary>
/// Sorts the exceptions of an attempt: the end that the caller demanded, a failure of the call, or something that is not about
/// the call.
/// </summary>
internal static class AttemptExceptions
{
    /// <summary>The exception that an attempt ends with: a <see cref="CallFailureException"/> for a failure of the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="client">The client that sent it; null when none did.</param>
    /// <param name="response">The response; null before there is one.</param>
    /// <param name="exception">What was thrown.</param>
    public static Exception Of(ICallState call, HttpClient? client, HttpResponseMessage? response, Exception exception)
    {
        if (call.Clock.IsStopped && ExceptionClassifier.IsOfPlatform(exception))
        {
            return Stopped(call, exception);
        }

        if (exception is CallFailureException failed)
        {
            return WithResponse(failed, response);
        }

        if (ExceptionClassifier.FailureOf(call, client, response, exception) is { } failure)
        {
            return new CallFailureException(failure);
        }

        return exception;
    }

    /// <summary>The same failure with the response that it was found in, where what reads the response did not know it.</summary>
    private static CallFailureException WithResponse(CallFailureException failed, HttpResponseMessage? response)
    {
        if (response is null || failed.Failure.Status is not null)
        {
            return failed;
        }

        var failure = failed.Failure with { Status = response.StatusCode, Headers = failed.Failure.Headers ?? response.Headers };

        return new CallFailureException(failure);
    }

    /// <summary>The exception of a call that ended before its first attempt.</summary>
    public static Exception NotBegun(ICallState call, Exception exception)
    {
        var error = Of(call, client: null, response: null, exception);
        if (error is CallFailureException { Failure: var failure })
        {
            return ExceptionFactory.Create(call, failure);
        }

        return error;
    }

    /// <summary>The exception of a call that the caller canceled, or whose client was disposed.</summary>
    public static Exception Stopped(ICallState call, Exception cause)
    {
        var inner = call.Redaction.Cause(cause);
        if (call.Clock.Caller.IsCancellationRequested)
        {
            return new OperationCanceledException($"{call.Request} was canceled.", inner, call.Clock.Caller);
        }

        return new ObjectDisposedException($"{ProductName.Client} was disposed while {call.Request} was under way.", inner);
    }
}
