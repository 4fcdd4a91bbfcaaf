using System;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Failures as responses and the platform cause them, and the exceptions that callers get for them.</summary>
internal static class FailureSamples
{
    public static readonly CallFailure NotSent = new() { Kind = FailureKind.Connection, IsTransient = true };

    public static readonly CallFailure Lost = new() { Kind = FailureKind.Connection, IsTransient = true, MayHaveBeenSent = true, MayBeCharged = true };

    /// <summary>The gateway's own error response.</summary>
    public static CallFailure OfGateway(int status, string code = "overloaded", params string[] headers) =>
        OfResponse(status, $$$"""{"error":{"message":"m","code":"{{{code}}}"}}""", headers);

    /// <summary>The page of a server in between.</summary>
    public static CallFailure OfProxy(int status, string body = "<html>nginx</html>") => OfResponse(status, body);

    public static CallFailure OfResponse(int status, string body, params string[] headers)
    {
        using var call = Call();
        using var response = FakeGateway.Json(status, body, headers);
        return FailureClassifier.FromStatus(call, response, Encoding.UTF8.GetBytes(body));
    }

    public static CallFailure OfSuccess(string body, params string[] headers)
    {
        using var call = Call();
        using var response = FakeGateway.Json(200, body, headers);
        var json = Encoding.UTF8.GetBytes(body);
        return FailureClassifier.FromSuccess(call, response, ErrorBody.Parse(json)!, json);
    }

    public static CallFailure OfTimeout(CCApiTimeoutKind kind)
    {
        var isSent = kind != CCApiTimeoutKind.Connect;
        return new CallFailure { Kind = FailureKind.Timeout, Timeout = kind, IsTransient = true, MayHaveBeenSent = isSent, MayBeCharged = isSent };
    }

    /// <summary>Runs a reader, and throws what the caller of the call gets for its failure.</summary>
    public static T Throwing<T>(ApiCall call, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CallFailureException exception)
        {
            throw ExceptionFactory.Create(call, exception.Failure);
        }
    }

    /// <inheritdoc cref="Throwing{T}(ApiCall, Func{T})"/>
    public static async Task<T> ThrowingAsync<T>(ApiCall call, Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (CallFailureException exception)
        {
            throw ExceptionFactory.Create(call, exception.Failure);
        }
    }

    private static ApiCall Call() => CallSamples.Get(redaction: new KeyRedaction(FakeGateway.Key));
}
