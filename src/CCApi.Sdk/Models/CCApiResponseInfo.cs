using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http.Headers;

namespace CCApi.Sdk;

/// <summary>
/// Status, request id, headers, rate limits, attempts and time of a response. Never serialized. The properties are
/// settable for tests.
/// </summary>
public sealed class CCApiResponseInfo
{
    // The list, or the request that it is made of when somebody reads it: every response has an Info, and few are asked for their attempts.
    private object? _attempts;
    private CCApiCost? _cost;

    /// <summary>Creates one manually, for tests.</summary>
    public CCApiResponseInfo()
    {
    }

    /// <param name="request">The request, whose text names it when the attempts are read.</param>
    /// <param name="redaction">Masks the keys of the call.</param>
    internal CCApiResponseInfo(object request, KeyRedaction redaction)
    {
        _attempts = request;
        Redaction = redaction;
    }

    /// <summary>The status of the response.</summary>
    public HttpStatusCode StatusCode { get; set; }

    /// <summary>The headers of the response, without those of its content; null when created manually.</summary>
    public HttpResponseHeaders? Headers { get; set; }

    /// <summary>Masks the keys of the call in exceptions about its response.</summary>
    internal KeyRedaction Redaction { get; } = KeyRedaction.None;

    /// <summary>From the start of the call to the end of the response; for a stream, to its headers.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>
    /// The id of the request, to quote to the gateway's support: the first of <c>x-request-id</c>, <c>x-oneapi-request-id</c> and
    /// <c>cf-ray</c> (observed).
    /// </summary>
    public string? RequestId => Headers is null ? null : ResponseHeaders.RequestId(Headers);

    /// <summary>The rate limits, when the gateway sent any (<c>x-ratelimit-*</c>, observed on some); else null.</summary>
    public CCApiRateLimits? RateLimits => Headers is null ? null : CCApiRateLimits.From(Headers);

    /// <summary>
    /// Gets what the call cost, with all its attempts; its source is <see cref="CostSource.Unknown"/> when that is not known. For
    /// a stream, it is known once the stream has ended.
    /// </summary>
    public CCApiCost Cost
    {
        get => _cost ?? CCApiCost.Unknown;
        set => _cost = value;
    }

    /// <summary>Every attempt of the call, in order; one when it succeeded at once.</summary>
    public IReadOnlyList<CCApiAttempt> Attempts
    {
        get
        {
            if (_attempts is not IReadOnlyList<CCApiAttempt> attempts)
            {
                var only = new CCApiAttempt
                {
                    Number = 1,
                    StatusCode = StatusCode,
                    Elapsed = Elapsed,
                    Request = _attempts?.ToString(),
                };

                _attempts = attempts = [only];
            }

            return attempts;
        }
        set => _attempts = value;
    }

    /// <summary>The response in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{(int)StatusCode} in {Elapsed.TotalSeconds:0.###} s, {Attempts.Count} attempt(s), request id {RequestId ?? "none"}");
}
