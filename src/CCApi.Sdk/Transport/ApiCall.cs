using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// One call under way: its settings, what it sends, its clock, its attempts and its costs, and what is known of the current attempt.
/// </summary>
internal sealed class ApiCall : ICallState, IDisposable
{
    private readonly ClientState _client;
    private readonly CCApiRequestOptions? _options;
    private Authentication.Bearer? _nextKey;

    /// <param name="request">What to send.</param>
    /// <param name="client">What the calls of the client share.</param>
    /// <param name="options">What differs for the call.</param>
    /// <param name="redaction">Masks the keys.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="total">The total budget; null for that of the settings.</param>
    /// <exception cref="ArgumentException">The idempotency key was used for another request.</exception>
    public ApiCall(
        ApiRequest request,
        ClientState client,
        CCApiRequestOptions? options,
        KeyRedaction redaction,
        CancellationToken cancellationToken,
        TimeSpan? total = null)
    {
        _client = client;
        _options = options;
        Redaction = redaction;
        Payload = new CallPayload(request.Masked(redaction), Settings, client.FailoverMemory);
        Turn = RateLimiterTurn.For(request, client.Options);
        Clock = new CallClock(
            client.Options.TimeProvider, total ?? Settings.Total, request.Start, cancellationToken, client.Closed);
        Costs = new CallCosts(Payload, Clock, client, options);
    }

    public ApiRequest Request => Payload.Request;

    public CallSettings Settings => new(_client.Options, _options);

    /// <summary>What is sent.</summary>
    public CallPayload Payload { get; }

    public AttemptLog Log { get; } = new();

    /// <summary>What the call costs.</summary>
    public CallCosts Costs { get; }

    public CCApiCost? FailedCost => Costs.FailedCost;

    public IReadOnlyList<CCApiAttempt>? Attempts => Log.Attempts;

    /// <summary>The span and the metrics of the call; null when nothing listens.</summary>
    public CallTelemetry? Telemetry { get; set; }

    /// <summary>The models that the client has listed.</summary>
    public SeenModels SeenModels => _client.SeenModels;

    /// <summary>Listed models whose ids are similar to that of the request.</summary>
    public IReadOnlyList<string> SimilarModels
    {
        get
        {
            if (Payload.Model is { } model)
            {
                return SeenModels.Near(model);
            }

            return [];
        }
    }

    public CallClock Clock { get; }

    /// <summary>The leases of the rate limiters; null when there is no limiter.</summary>
    public RateLimiterTurn? Turn { get; }

    /// <summary>What the call waits for instead of sending; null for what is its own.</summary>
    public string? Awaited { get; set; }

    public string? Pending
    {
        get
        {
            if (Awaited is not null)
            {
                return Awaited;
            }

            if (Turn?.IsWaiting == true)
            {
                return "the RateLimiter had not granted a lease";
            }

            return null;
        }
    }

    /// <summary>The key of the current attempt; null before the first, and for downloads.</summary>
    public string? Key => Bearer?.Key;

    /// <summary>The same with its header.</summary>
    public Authentication.Bearer? Bearer { get; private set; }

    /// <summary>Masks the keys of the call and of its client in all that others see of the call.</summary>
    public KeyRedaction Redaction { get; private set; }

    /// <summary>Where the current attempt goes.</summary>
    public Uri? Address { get; set; }

    /// <summary>The last response; what reads it disposes of it.</summary>
    public HttpResponseMessage? Response { get; set; }

    /// <summary>Whether the current attempt was handed to the HttpClient. Before that, nothing can have been charged.</summary>
    public bool IsSent { get; set; }

    /// <summary>Whether the response of the current attempt was read to its end where it could have stayed open.</summary>
    public bool IsReadToEnd { get; set; }

    public int MaxJsonValues => _client.Options.MaxJsonValues;

    public long MaxResponseBytes => _client.Options.MaxResponseBytes;

    /// <summary>How many bytes of the body of the current attempt were received.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Whether the call may be repeated although it may have been charged: it is free, or the caller allowed it.</summary>
    public bool MayRepeatCharged => Request.IsRead || Settings.RetryPossiblyCharged;

    public TimeSpan IdleTimeout => Settings.Idle;

    public TimeSpan NextChunkTimeout => Settings.NextChunk;

    public TimeSpan FirstChunkTimeout => Settings.FirstChunk;

    /// <summary>The time of day, for dates in responses.</summary>
    public DateTimeOffset Now => _client.Options.TimeProvider.GetUtcNow();

    /// <summary>How long the current attempt has run.</summary>
    public TimeSpan AttemptElapsed => Log.Duration(Clock.Elapsed);

    /// <summary>
    /// Whether the key provider returned another key after that of the current attempt was rejected; null when it was not called.
    /// </summary>
    public bool? HasNewKey { get; private set; }

    /// <summary>Whether the key of the current attempt was rejected, and the provider has not returned one since.</summary>
    public bool IsRenewingKey { get; private set; }

    /// <summary>Whether the key provider may be called again after a rejected key: once per call.</summary>
    public bool CanRenewKey { get; private set; } = true;

    /// <summary>Whether the order of the models depends on a key that only the provider knows.</summary>
    public bool NeedsKey
    {
        get
        {
            var hasKey = _nextKey is not null || Key is not null;
            if (hasKey || Log.Number > 1)
            {
                return false;
            }

            return Payload.RouteModel is not null && Settings.KeyIdentity is null;
        }
    }

    public void BeginAttempt()
    {
        BytesReceived = 0;
        IsSent = IsReadToEnd = false;
        HasNewKey = null;
        Awaited = null;
        Costs.BeginAttempt();
        var isStart = Log.Number == 0 && Request.Start is null;
        if (isStart)
        {
            Log.Begin(Clock.EnterAtStart(CCApiTimeoutKind.Attempt, Settings.Attempt));
            return;
        }

        Clock.Renew();
        Log.Begin(EnterAttempt());
    }

    /// <summary>Begins an attempt that repeats another within the strategies of the user.</summary>
    public void BeginRepeat()
    {
        Log.UncountedRepeats++;
        BeginAttempt();
    }

    /// <summary>Counts that the current attempt is repeated with the key that the provider returned when it was called again.</summary>
    public void RepeatWithNewKey()
    {
        CanRenewKey = false;
        Log.UncountedRepeats++;
    }

    /// <summary>Retrieves the prices that a budget needs, within the total budget of time; they may stay unknown.</summary>
    /// <exception cref="OperationCanceledException">The total budget ran out, or the call was ended.</exception>
    public async ValueTask RetrievePricesAsync()
    {
        Clock.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        Awaited = "the prices that a budget needs had not been retrieved";
        await Costs.RetrievePricesAsync(Clock.Token).ConfigureAwait(false);

        Awaited = null;
        Log.Restart(Clock.Elapsed);
        EnterAttempt();
    }

    /// <summary>Reserves what the current attempt costs at most, in all budgets of the call.</summary>
    /// <exception cref="CCApiBudgetExceededException">It does not fit into one of them.</exception>
    public ValueTask ReserveAsync()
    {
        var reserving = Costs.ReserveAsync();

        return reserving.IsCompleted ? reserving : WaitForStoresAsync(reserving);
    }

    private async ValueTask WaitForStoresAsync(ValueTask reserving)
    {
        Awaited = "the store of a budget had not responded";
        await reserving.ConfigureAwait(false);
        Awaited = null;
    }

    /// <summary>Waits for the rate limiters, within the total budget; the time of the attempt starts after it.</summary>
    /// <exception cref="OperationCanceledException">The total budget ran out, or the call was ended.</exception>
    /// <exception cref="CallFailureException">A limiter rejected the call.</exception>
    public async ValueTask WaitForTurnAsync(RateLimiterTurn turn)
    {
        var start = Clock.Enter(CCApiTimeoutKind.None, Timeout.InfiniteTimeSpan);
        try
        {
            await turn.AcquireAsync(Payload.Model, Clock.Token).ConfigureAwait(false);
        }
        finally
        {
            turn.Wait = Clock.Elapsed - start;
            Log.Restart(Clock.Elapsed);
        }

        EnterAttempt();
    }

    /// <summary>Takes the key of the current attempt.</summary>
    public void Use(Authentication.Bearer bearer)
    {
        Bearer = bearer;
        Redaction = bearer.Redaction;
    }

    /// <summary>Takes the key of the first attempt before it is prepared, and puts the models in the order of that key.</summary>
    public void Prepare(Authentication.Bearer bearer)
    {
        _nextKey = bearer;
        Redaction = bearer.Redaction;
        Payload.Order(_client.FailoverMemory, bearer.Key, Now);
    }

    /// <summary>Gives the key provider the time of an attempt, however the time of the rejected one was used.</summary>
    public void BeginRenewal()
    {
        IsRenewingKey = true;
        Clock.Renew();
        EnterAttempt();
    }

    /// <summary>Takes the key that the provider returned when it was called again.</summary>
    public void EndRenewal(Authentication.Bearer key)
    {
        IsRenewingKey = false;
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

    public CCApiResponseInfo Info(HttpResponseMessage response)
    {
        var info = new CCApiResponseInfo(Request, Redaction)
        {
            StatusCode = response.StatusCode,
            Headers = response.Headers,
            Elapsed = Clock.Elapsed,
        };

        Telemetry?.AddRequestId(info.RequestId);
        var hasFailed = Log.Attempts is not null;
        var hasDetails = Payload.RouteModel is not null || Turn is not null;
        if (hasFailed || hasDetails)
        {
            Log.AddSuccess(this, response.StatusCode);
            info.Attempts = Log.Attempts!;
        }

        return info;
    }

    public void Dispose()
    {
        Telemetry?.End(Clock.Elapsed, Log.Number);
        Payload.Dispose();
        Clock.Dispose();
        Turn?.Dispose();
    }

    /// <returns>How long the call has run.</returns>
    private TimeSpan EnterAttempt() => Clock.Enter(CCApiTimeoutKind.Attempt, Settings.Attempt);
}
