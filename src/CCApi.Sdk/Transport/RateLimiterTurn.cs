using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>The leases of one call: acquired before each attempt, held until its response has ended.</summary>
/// <param name="limiter">The limiter of all calls; null for none.</param>
/// <param name="modelLimiter">The limiter by model; null for none.</param>
internal sealed class RateLimiterTurn(RateLimiter? limiter, PartitionedRateLimiter<string>? modelLimiter) : IDisposable
{
    // Disposing may come from another thread than the attempt.
    private RateLimitLease? _lease;
    private RateLimitLease? _modelLease;

    /// <summary>Whether the current attempt still waits for its lease.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>How long the current attempt has waited.</summary>
    public TimeSpan Wait { get; set; }

    public static RateLimiterTurn? For(ApiRequest request, CCApiClientOptions options)
    {
        var hasLimiter = options.RateLimiter is not null || options.ModelRateLimiter is not null;
        if (hasLimiter && request.Download is null)
        {
            return new RateLimiterTurn(options.RateLimiter, options.ModelRateLimiter);
        }

        return null;
    }

    /// <summary>Waits for the leases of the next attempt.</summary>
    /// <param name="model">The model of the attempt; null when it has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CallFailureException">A limiter rejected the call, or failed.</exception>
    /// <remarks>The model's lease comes first: a call that waits for it must not hold a place of all calls.</remarks>
    public async ValueTask AcquireAsync(string? model, CancellationToken cancellationToken)
    {
        Release();
        IsWaiting = true;
        var option = nameof(CCApiClientOptions.ModelRateLimiter);

        try
        {
            if (modelLimiter is not null && model is not null)
            {
                var lease = modelLimiter.AcquireAsync(model, permitCount: 1, cancellationToken);
                _modelLease = Acquired(await WaitAsync(lease, cancellationToken).ConfigureAwait(false), option);
            }

            option = nameof(CCApiClientOptions.RateLimiter);
            if (limiter is not null)
            {
                var lease = limiter.AcquireAsync(permitCount: 1, cancellationToken);
                _lease = Acquired(await WaitAsync(lease, cancellationToken).ConfigureAwait(false), option);
            }

            cancellationToken.ThrowIfCancellationRequested();
            IsWaiting = false;
        }
        catch (CallFailureException)
        {
            Release();
            throw;
        }
        catch (Exception exception)
        {
            Release();
            if (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            }

            throw new CallFailureException(
                CallFailure.RateLimiter($"{option} failed with {exception.GetType().Name}: {exception.Message}", exception));
        }
    }

    /// <summary>Takes note of the limits that a response reports.</summary>
    public void Observe(HttpResponseHeaders headers)
    {
        if (limiter is IRateLimitObserver observer)
        {
            observer.Observe(CCApiRateLimits.From(headers), isLimited: false, retryAfter: null);
        }
    }

    /// <summary>Ends the leases of an attempt that failed.</summary>
    public void Release(Exception exception)
    {
        var isLimited = exception is CallFailureException { Failure: { Kind: FailureKind.Response, EffectiveStatus: 429 } };
        if (isLimited && limiter is IRateLimitObserver observer)
        {
            observer.Observe(limits: null, isLimited: true, ((CallFailureException)exception).Failure.RetryAfter);
        }

        Release();
    }

    /// <summary>Ends the leases, if they have not been ended yet.</summary>
    public void Release()
    {
        Interlocked.Exchange(ref _lease, null)?.Dispose();
        Interlocked.Exchange(ref _modelLease, null)?.Dispose();
    }

    public void Dispose() => Release();

    /// <remarks>A limiter may ignore its token; a lease that it grants to a call that has ended is given back.</remarks>
    private static ValueTask<RateLimitLease> WaitAsync(ValueTask<RateLimitLease> lease, CancellationToken cancellationToken)
    {
        if (lease.IsCompleted)
        {
            return lease;
        }

        var waiting = lease.AsTask().OrCanceled(cancellationToken, static late => late.Dispose());

        return new ValueTask<RateLimitLease>(waiting);
    }

    private static RateLimitLease Acquired(RateLimitLease lease, string option)
    {
        if (lease.IsAcquired)
        {
            return lease;
        }

        var hasRetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
        lease.Dispose();
        var failure = CallFailure.RateLimiter($"{option} granted no lease") with { RetryAfter = hasRetryAfter ? retryAfter : null };
        throw new CallFailureException(failure);
    }
}
