using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>One call on its way: what it asks for, its merged options, its budgets, its body and its attempts.</summary>
internal sealed class ApiCall : IDisposable
{
    private readonly CCApiRequestOptions? _options;
    private readonly CCApiClientOptions _client;
    private readonly FailoverRoute? _route;
    private List<CCApiAttempt>? _attempts;
    private TimeSpan _attemptStart;
    private int _renewals;
    private int _attemptsBefore;
    private int _failovers;
    private Hints? _hints;
    private Authentication.Bearer? _nextKey;

    public ApiCall(ApiRequest request, CCApiClientOptions client, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        Request = request;
        _client = client;
        _options = options;
        _route = FailoverRoute.For(request.Choice, client.Failover, options?.FailoverModels, client.TimeProvider);
        Body = _route is not null ? WriteForModel(_route) : request.WriteBody is null ? null : RequestBody.Write(request.WriteBody);
        IdempotencyKey = request.IsRead ? null : options?.IdempotencyKey ?? RandomSource.NewId();
        Budget = new CallBudget(client.TimeProvider, options?.Total ?? client.Timeouts.Total, cancellationToken);
    }

    public ApiRequest Request { get; }

    public RequestBody? Body { get; private set; }

    public CallBudget Budget { get; }

    public string? IdempotencyKey { get; private set; }

    /// <summary>The key of the attempt under way, so that no message shows it.</summary>
    public string? Key { get; set; }

    public string? CallKey => _options?.ApiKey;

    public IDictionary<string, string>? Headers => _options?.Headers;

    public int MaxRetries => _options?.MaxRetries ?? _client.Retry.MaxRetries;

    public bool MayChargeTwice => !Request.IsRead && !(_options?.RetryPossiblyCharged ?? _client.Retry.RetryPossiblyCharged);

    public TimeSpan IdleTimeout => _options?.Idle ?? _client.Timeouts.Idle;

    public TimeSpan NextChunkTimeout => _options?.NextChunk ?? _client.Timeouts.NextChunk;

    public TimeSpan FirstChunkTimeout => _options?.FirstChunk ?? _client.Timeouts.FirstChunk;

    /// <summary>The time of day, for dates that an answer names.</summary>
    public DateTimeOffset Now => _client.TimeProvider.GetUtcNow();

    /// <summary>The number of the attempt under way; 1 for the first.</summary>
    public int Attempt { get; private set; }

    /// <summary>How long the attempt under way has run.</summary>
    public TimeSpan AttemptElapsed => Budget.Elapsed - _attemptStart;

    /// <summary>How many bytes of the body of the attempt under way have arrived.</summary>
    public long BytesReceived { get; set; }

    /// <summary>The wait that the answer of the attempt under way asked for.</summary>
    public TimeSpan? RetryAfter
    {
        get => _hints?.RetryAfter;
        set => (_hints ??= new Hints()).RetryAfter = value;
    }

    /// <summary>Whether the answer of the attempt under way asked to be tried again, or not to be; null when it did not say.</summary>
    public bool? Wish
    {
        get => _hints?.Wish;
        set => (_hints ??= new Hints()).Wish = value;
    }

    /// <summary>Whether the key provider gave another key after that of the attempt under way was refused; null when it was not asked.</summary>
    public bool? HasNewKey
    {
        get => _hints?.HasNewKey;
        private set => (_hints ??= new Hints()).HasNewKey = value;
    }

    /// <summary>Whether the key provider may be asked again: once per call.</summary>
    public bool CanRenewKey => _renewals == 0;

    /// <summary>What was decided about the attempt that failed last.</summary>
    public RetryDecision Decision { get; private set; }

    public void BeginAttempt()
    {
        Attempt++;
        BytesReceived = 0;
        _hints = null;
        Budget.Renew();
        _attemptStart = Budget.Elapsed;
        EnterAttempt();
    }

    /// <summary>Gives the key provider the time of an attempt, whatever became of the refusal's body.</summary>
    public void BeginRenewal()
    {
        Budget.Renew();
        EnterAttempt();
    }

    /// <summary>Takes the key that the provider gave when it was asked again.</summary>
    public void EndRenewal(Authentication.Bearer key)
    {
        HasNewKey = key.Key != Key;
        _nextKey = key;
    }

    /// <summary>The key that is known already, once.</summary>
    public Authentication.Bearer? TakeNextKey()
    {
        var key = _nextKey;
        _nextKey = null;
        return key;
    }

    /// <summary>Decides whether the attempt under way, which failed, is tried again, and adds it to the trail.</summary>
    public CCApiAttempt Fail(CCApiException error, AttemptFault fault, double random)
    {
        var failed = new RetryCase(
            Attempt - _renewals - _attemptsBefore, MaxRetries, fault, error.StatusCode, error is CCApiModelUnavailableException, MayChargeTwice, HasNewKey, Wish, RetryAfter, Budget.Remaining);
        Decision = RetryPolicy.Decide(failed, _client.Retry, random);
        _renewals += HasNewKey == true ? 1 : 0;
        return AddFailure(error, error.StatusCode, Decision.Reason, Decision.Retry ? Decision.Delay : null);
    }

    /// <summary>Adds to the trail that what had begun with a success broke later.</summary>
    public CCApiAttempt Break(CCApiException error, HttpStatusCode status) => AddFailure(error, status, "what has begun is not tried again", delay: null);

    /// <summary>Whether another model may answer when this one cannot.</summary>
    public bool HasOtherModel => _route?.HasNext == true;

    /// <summary>Goes on with the next model, if there is one and the failure allows it; returns its id, or null.</summary>
    public string? FailOver(CCApiException error)
    {
        if (_route is not { HasNext: true } || Budget.Remaining == TimeSpan.Zero || !FailoverPolicy.Allows(error, _client.Failover, MayChargeTwice))
        {
            return null;
        }

        if (FailoverPolicy.IsOfModel(error))
        {
            _client.Failover.Memory.Cool(_route.Model, _client.TimeProvider.GetUtcNow() + _client.Failover.CoolDown);
        }

        var failed = _attempts![_attempts.Count - 1];
        var model = _route.Model;
        _route.Next();
        var decision = $"{failed.Decision}; goes on with {_route.Model}";
        var failedOver = new CCApiAttempt
        {
            Number = failed.Number,
            Request = failed.Request,
            Model = model,
            StatusCode = failed.StatusCode,
            Fault = failed.Fault,
            Elapsed = failed.Elapsed,
            Decision = decision,
            Delay = failed.Delay,
        };
        _attempts = [.. _attempts.Take(_attempts.Count - 1), failedOver];
        _attemptsBefore = Attempt - _renewals;

        // Another body is another call to whoever looks for doubles. The later calls of a conversation have keys with a number too, which are other ones.
        Body!.Dispose();
        Body = WriteForModel(_route);
        IdempotencyKey = _options?.IdempotencyKey is { } own ? FormattableString.Invariant($"{own}-model-{++_failovers + 1}") : RandomSource.NewId();
        return _route.Model;
    }

    public CCApiResponseInfo Info(HttpResponseMessage response)
    {
        var info = new CCApiResponseInfo(Request) { StatusCode = response.StatusCode, Headers = response.Headers, Elapsed = Budget.Elapsed };
        if (_attempts is not null || _route is not null)
        {
            AddAttempt(response.StatusCode, fault: null, decision: null, delay: null);
            info.Attempts = _attempts!;
        }

        return info;
    }

    public void Dispose()
    {
        Body?.Dispose();
        Budget.Dispose();
    }

    private static RequestBody WriteForModel(FailoverRoute route) => RequestBody.Write(writer => JsonWrite.Model(writer, route.Request));

    private void EnterAttempt() => Budget.Enter(CCApiTimeoutKind.Attempt, _options?.Attempt ?? _client.Timeouts.Attempt);

    private static string Describe(CCApiException error) => error.Code ?? error.Type ?? error.GetType().Name;

    private CCApiAttempt AddFailure(CCApiException error, HttpStatusCode? status, string decision, TimeSpan? delay)
    {
        var attempt = AddAttempt(status, Describe(error), decision, delay);
        error.Attempts = _attempts!;
        return attempt;
    }

    /// <remarks>Lists that were handed out do not change.</remarks>
    private CCApiAttempt AddAttempt(HttpStatusCode? status, string? fault, string? decision, TimeSpan? delay)
    {
        var attempt = new CCApiAttempt
        {
            Number = Attempt,
            Request = Request.ToString(),
            Model = _route?.Model,
            StatusCode = status,
            Fault = fault,
            Elapsed = AttemptElapsed,
            Decision = decision,
            Delay = delay,
        };

        // An answer that came and then was an error is one attempt.
        _attempts = [.. (_attempts ?? []).Where(earlier => earlier.Number != Attempt), attempt];
        return attempt;
    }

    /// <summary>What the answer of a failed attempt says about another one. Made only then: most attempts succeed.</summary>
    private sealed class Hints
    {
        public TimeSpan? RetryAfter { get; set; }

        public bool? Wish { get; set; }

        public bool? HasNewKey { get; set; }
    }
}
