using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>One call under way: its request and settings, its budgets, its attempts, and the models that it may use.</summary>
internal sealed partial class ApiCall : ICallState, IDisposable
{
    private readonly FailoverMemory? _memory;
    private readonly FailoverCursor? _cursor;
    private readonly SeenModels? _models;
    private Authentication.Bearer? _nextKey;
    private readonly string? _ownKey;
    private int _renewals;
    private int _attemptsBefore;

    /// <param name="request">What to send.</param>
    /// <param name="client">The client's options.</param>
    /// <param name="options">What differs for the call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="memory">The models that are cooling down.</param>
    /// <param name="closed">Is canceled when the client is disposed.</param>
    /// <param name="models">The models that the client has listed.</param>
    /// <param name="redaction">Masks the keys; null for none.</param>
    /// <param name="costs">Computes what the call costs; null for a call by itself.</param>
    /// <exception cref="ArgumentException">The idempotency key was used for another request.</exception>
#pragma warning disable CA1068 // The last five are the transport's; tests leave them out.
    public ApiCall(
#pragma warning restore CA1068
        ApiRequest request,
        CCApiClientOptions client,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken,
        FailoverMemory? memory = null,
        CancellationToken closed = default,
        SeenModels? models = null,
        KeyRedaction? redaction = null,
        CostAccounting? costs = null)
    {
        Redaction = redaction ?? KeyRedaction.None;
        Request = request.Masked(Redaction);
        Settings = new CallSettings(client, options);
        Log = new AttemptLog(Request);
        _memory = memory;
        _models = models;
        _costs = costs ?? new CostAccounting(client.CreditValue);
        if (!request.IsRead)
        {
            _scope = request.Scope ?? CostScope.Current;
            _budgets = CallBudgets.For(client.Budget, options?.Budget, options?.RunBudget, _scope);
        }

        _cursor = FailoverCursor.For(request.Choice, Settings, memory);
        Body = WriteBody();
        _ownKey = ClaimIdempotencyKey();
        IdempotencyKey = request.IsRead ? null : KeyOfModel();
        Turn = RateLimiterTurn.For(request, client);
        Budget = new CallBudget(client.TimeProvider, Settings.Total, request.Content?.Start, cancellationToken, closed);
    }

    public ApiRequest Request { get; }

    public CallSettings Settings { get; }

    public AttemptLog Log { get; }

    public IReadOnlyList<CCApiAttempt>? Attempts => Log.Attempts;

    /// <summary>The span and the metrics of the call; null when nothing listens.</summary>
    public CallTelemetry? Telemetry { get; set; }

    /// <summary>The current model; null when the call has no other to fail over to.</summary>
    public string? Model => _cursor?.Model;

    /// <summary>Listed models whose ids are similar to that of the request.</summary>
    public IReadOnlyList<string> SimilarModels
    {
        get
        {
            if ((Model ?? Request.Choice?.Model) is { } model)
            {
                return _models?.Near(model) ?? [];
            }

            return [];
        }
    }

    public RequestBody? Body { get; private set; }

    public CallBudget Budget { get; }

    /// <summary>The leases of the rate limiters; null when there is no limiter.</summary>
    public RateLimiterTurn? Turn { get; }

    public string? Pending
    {
        get
        {
            if (_isWaitingForPrices)
            {
                return "the prices that a budget needs had not been retrieved";
            }

            if (Turn?.IsWaiting == true)
            {
                return "the RateLimiter had not granted a lease";
            }

            return null;
        }
    }

    public string? IdempotencyKey { get; private set; }

    /// <summary>The key of the current attempt; null before the first, and for downloads.</summary>
    public string? Key { get; private set; }

    /// <summary>Masks the keys of the call and of its client in all that others see of the call.</summary>
    public KeyRedaction Redaction { get; private set; }

    /// <summary>Where the current attempt goes.</summary>
    public Uri? Address { get; set; }

    /// <summary>The last response; what reads it disposes of it.</summary>
    public HttpResponseMessage? Response { get; set; }

    /// <summary>Whether the current attempt was handed to the HttpClient. Before that, nothing can have been charged.</summary>
    public bool IsSent { get; set; }

    public int MaxJsonValues => Settings.Client.MaxJsonValues;

    public long MaxResponseBytes => Settings.Client.MaxResponseBytes;

    /// <summary>How many bytes of the body of the current attempt were received.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Whether the call may be repeated although it may have been charged: it is free, or the caller allowed it.</summary>
    public bool MayRepeatCharged => Request.IsRead || Settings.RetryPossiblyCharged;

    public TimeSpan IdleTimeout => Settings.Idle;

    public TimeSpan NextChunkTimeout => Settings.NextChunk;

    public TimeSpan FirstChunkTimeout => Settings.FirstChunk;

    /// <summary>The time of day, for dates in responses.</summary>
    public DateTimeOffset Now => Settings.Client.TimeProvider.GetUtcNow();

    /// <summary>How long the current attempt has run.</summary>
    public TimeSpan AttemptElapsed => Log.Duration(Budget.Elapsed);

    /// <summary>
    /// Whether the key provider returned another key after that of the current attempt was rejected; null when it was not called.
    /// </summary>
    public bool? HasNewKey { get; private set; }

    /// <summary>Whether the key provider may be called again after a rejected key: once per call.</summary>
    public bool CanRenewKey => _renewals == 0;

    /// <summary>What follows the attempt that failed last.</summary>
    public RetryDecision Decision { get; private set; }

    public void BeginAttempt()
    {
        BytesReceived = 0;
        IsSent = false;
        HasNewKey = null;
        BeginCost();
        Budget.Renew();
        Log.Begin(Budget.Elapsed);
        EnterAttempt();
    }

    /// <summary>Waits for the rate limiters, within the total budget; the time of the attempt starts after it.</summary>
    /// <exception cref="OperationCanceledException">The total budget ran out, or the call was ended.</exception>
    /// <exception cref="CallFailureException">A limiter rejected the call.</exception>
    public async ValueTask WaitForTurnAsync(RateLimiterTurn turn)
    {
        var start = Budget.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        try
        {
            await turn.AcquireAsync(Model ?? Request.Choice?.Model, Budget.Token).ConfigureAwait(false);
        }
        finally
        {
            turn.Wait = Budget.Elapsed - start;
            Log.Restart(Budget.Elapsed);
        }

        EnterAttempt();
    }

    /// <summary>Takes the key of the current attempt.</summary>
    public void Use(Authentication.Bearer bearer)
    {
        Key = bearer.Key;
        Redaction = bearer.Redaction;
    }

    /// <summary>Whether the order of the models depends on a key that only the provider knows.</summary>
    public bool NeedsKey => _cursor is not null && Settings.KeyIdentity is null && Log.Number == 1 && _nextKey is null && Key is null;

    /// <summary>Takes the key of the first attempt before it is prepared, and puts the models in the order of that key.</summary>
    public void Prepare(Authentication.Bearer bearer)
    {
        var first = Model;
        _nextKey = bearer;
        Redaction = bearer.Redaction;
        _cursor!.Order(_memory, bearer.Key, Now);
        if (Model == first)
        {
            return;
        }

        Body!.Dispose();
        Body = WriteBody();
        IdempotencyKey = KeyOfModel();
    }

    /// <summary>Gives the key provider the time of an attempt, however the time of the rejected one was used.</summary>
    public void BeginRenewal()
    {
        Budget.Renew();
        EnterAttempt();
    }

    /// <summary>Takes the key that the provider returned when it was called again.</summary>
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

    /// <summary>Decides what follows the failure of the current attempt, lists the attempt, and prepares the next one.</summary>
    public CCApiAttempt Fail(CallFailure failure, double random)
    {
        var failed = new RetryCase(
            failure,
            Log.Number - _renewals - _attemptsBefore,
            Settings.MaxRetries,
            MayRepeatCharged,
            HasNewKey,
            Budget.Remaining,
            _cursor?.NextModel,
            Request.CanBeSent);

        Decision = RetryPolicy.Decide(failed, Settings.Client.Retry, Settings.Client.Failover, random);
        TimeSpan? delay = Decision.Action is RetryAction.Retry or RetryAction.RenewKey ? Decision.Delay : null;
        var attempt = Add(failure, Decision.Reason, delay);
        attempt.Cost = _attemptCost;

        if (Decision.Action == RetryAction.RenewKey)
        {
            _renewals++;
        }
        else if (Decision.Action == RetryAction.FailOver)
        {
            FailOver(failure);
        }

        return attempt;
    }

    /// <summary>Lists the current attempt as one that began with a success and failed later.</summary>
    public CCApiAttempt Break(CallFailure failure) => Add(failure, "a response that has begun is not retried", delay: null);

    public CCApiResponseInfo Info(HttpResponseMessage response)
    {
        var info = new CCApiResponseInfo(Request, Redaction)
        {
            StatusCode = response.StatusCode,
            Headers = response.Headers,
            Elapsed = Budget.Elapsed,
        };

        Telemetry?.AddRequestId(info.RequestId);
        if (Log.Attempts is not null || _cursor is not null || Turn is not null)
        {
            Log.Add(Budget.Elapsed, response.StatusCode, fault: null, decision: null, delay: null, _cursor?.Model, Turn?.Wait);
            info.Attempts = Log.Attempts!;
        }

        return info;
    }

    /// <summary>The same for a response that has been read, with its cost.</summary>
    public CCApiResponseInfo Info(HttpResponseMessage response, IApiResponse result)
    {
        var info = Info(response);
        info.Cost = CostOf(result as ICostReport);

        return info;
    }

    public void Dispose()
    {
        Telemetry?.End(Budget.Elapsed, Log.Number);
        Body?.Dispose();
        Budget.Dispose();
        Turn?.Dispose();
    }

    private CCApiAttempt Add(CallFailure failure, string decision, TimeSpan? delay) =>
        Log.Add(
            Budget.Elapsed,
            failure.Status,
            ExceptionFactory.Name(this, failure),
            Redaction.Apply(decision),
            delay,
            _cursor?.Model,
            Turn?.Wait);

    private void FailOver(CallFailure failure)
    {
        if (FailoverPolicy.IsOfModel(failure))
        {
            _memory?.Cool(Key ?? Settings.KeyIdentity ?? string.Empty, _cursor!.Model, Now + Settings.Client.Failover.CoolDown, Now);
        }

        _cursor!.MoveNext();
        _attemptsBefore = Log.Number - _renewals;

        // Another body is another request to everything that looks for duplicates. The later calls of a conversation have
        // numbered keys too, which are others.
        Body!.Dispose();
        Body = WriteBody();
        IdempotencyKey = KeyOfModel();
    }

    private RequestBody? WriteBody()
    {
        if (Request.WriteBody is { } write)
        {
            return RequestBody.Write(write);
        }

        var model = _cursor is null ? Request.Choice : _cursor.Request;

        return model is null ? null : RequestBody.Write(model);
    }

    /// <summary>Claims the caller's idempotency key for the request; null when there is none.</summary>
    /// <exception cref="ArgumentException">It was used for another request.</exception>
    private string? ClaimIdempotencyKey()
    {
        if (Request.IsRead || Settings.IdempotencyKey is null)
        {
            return null;
        }

        // The models that are cooling down may have changed the model of the body, not the request.
        using var original = _cursor is null ? null : RequestBody.Write(Request.Choice!);
        var content = (original ?? Body)?.Hash() ?? Request.Content?.Fingerprint;
        var key = Settings.ClaimIdempotencyKey($"{Request} {content}");
        if (key is null)
        {
            Body?.Dispose();
            throw new ArgumentException(
                "CCApiRequestOptions.IdempotencyKey was used for another request: a gateway would return the first "
                + "response again. Set a new key, or use new options.", "options");
        }

        return key;
    }

    /// <summary>The key of the body for the current model: the same model always has the same one.</summary>
    private string KeyOfModel()
    {
        if (_ownKey is null)
        {
            return RandomSource.NewId();
        }

        if (_cursor is { ModelNumber: > 1 } other)
        {
            return FormattableString.Invariant($"{_ownKey}-model-{other.ModelNumber}");
        }

        return _ownKey;
    }

    private void EnterAttempt() => Budget.Enter(CCApiTimeoutKind.Attempt, Settings.Attempt);
}
