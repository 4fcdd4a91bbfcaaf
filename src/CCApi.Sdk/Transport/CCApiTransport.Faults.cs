using System;
using System.IO;
using System.Net.Http;

namespace CCApi.Sdk;

internal sealed partial class CCApiTransport
{
    /// <summary>What the caller sees of an exception of the platform; what is not about the call stays as it is.</summary>
    internal static Exception Translate(ApiCall call, HttpClient? client, Exception exception)
    {
        if (call.Budget.Caller.IsCancellationRequested && exception is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            return Canceled(call, exception);
        }

        switch (exception)
        {
            case CCApiException:
                return exception;
            case OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException when call.Budget.Expired != CCApiTimeoutKind.None:
                return Timeout(call, call.Budget.Expired, call.Budget.Limit, exception);
            case OperationCanceledException { InnerException: TimeoutException { InnerException: not OperationCanceledException } }:
                // The platform's handler, which could not connect; the time-out of an HttpClient holds the cancellation that it caused.
                return Timeout(call, CCApiTimeoutKind.Connect, limit: null, exception);
            case OperationCanceledException:
                return Timeout(call, CCApiTimeoutKind.HttpClient, client is null || client.Timeout < TimeSpan.Zero ? null : client.Timeout, exception);
            case HttpRequestException { InnerException: CCApiDownloadException rejected }:
                return rejected;
            case HttpRequestException request:
                return Connection(call, exception, mayHaveBeenSent: !ConnectionFailure.IsBeforeSending(request));
            case IOException or ObjectDisposedException:
                return Connection(call, exception, mayHaveBeenSent: true);
            default:
                return exception;
        }
    }

    private static AttemptFault FaultOf(CCApiException error) => error switch
    {
        CCApiTimeoutException { Kind: CCApiTimeoutKind.Connect } => AttemptFault.NotSent,
        CCApiTimeoutException { Kind: CCApiTimeoutKind.Attempt or CCApiTimeoutKind.Idle or CCApiTimeoutKind.HttpClient } => AttemptFault.PossiblySent,
        CCApiConnectionException { MayHaveBeenSent: false } => AttemptFault.NotSent,
        CCApiConnectionException => AttemptFault.PossiblySent,
        { StatusCode: { } status } when (int)status >= 400 => AttemptFault.Status,
        _ => AttemptFault.Final,
    };

    private static OperationCanceledException Canceled(ApiCall call, Exception cause) =>
        new($"{call.Request} was canceled.", cause, call.Budget.Caller);

    internal static CCApiTimeoutException Timeout(ApiCall call, CCApiTimeoutKind kind, TimeSpan? limit, Exception cause)
    {
        var name = kind == CCApiTimeoutKind.HttpClient ? "HttpClient.Timeout" : $"the {kind} budget";
        var size = limit is { } time ? FormattableString.Invariant($" of {time.TotalSeconds:0.###} s") : null;
        var arrived = call.BytesReceived == 0 ? "nothing of the body had arrived" : FormattableString.Invariant($"{call.BytesReceived} bytes of the body had arrived");
        var where = kind == CCApiTimeoutKind.HttpClient ? "the Timeout of the HttpClient" : $"CCApiTimeoutOptions.{kind}";
        return new CCApiTimeoutException(
            FormattableString.Invariant($"{call.Request} ran out of {name}{size}, {call.Budget.Elapsed.TotalSeconds:0.###} s after it began; {arrived}. Raise {where} if that is too short."),
            cause)
        {
            Kind = kind,
            Elapsed = call.Budget.Elapsed,
            BytesReceived = call.BytesReceived,
            IsTransient = true,
        };
    }

    private static CCApiConnectionException Connection(ApiCall call, Exception cause, bool mayHaveBeenSent) =>
        new($"{call.Request} got no answer: {KeyRedaction.Apply(Innermost(cause).Message, call.Key)!.TrimEnd('.')}.{(mayHaveBeenSent ? " The request may have reached the gateway." : " Nothing was sent; check BaseAddress and the network.")}", KeyRedaction.Cause(cause, call.Key))
        {
            MayHaveBeenSent = mayHaveBeenSent,
            IsTransient = true,
        };

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
