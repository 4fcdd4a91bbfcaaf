using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>
/// The prices of a client, and when they are retrieved: once for the first cost or budget that needs them, and again in the
/// background when they have become old. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="maxAge">The age at which prices are retrieved again.</param>
/// <param name="retryDelay">How long a retrieval that failed is not repeated.</param>
internal sealed class PriceRetrieval(TimeProvider time, TimeSpan maxAge, TimeSpan retryDelay)
{
    private IModelPrices? _current;
    private int _isRetrieving;
    private long _nextTicks;

    /// <summary>
    /// The prices; null until they were retrieved. Those of an older catalog do not replace newer ones, unless these are of the
    /// future: then the clock was set back, or theirs was wrong.
    /// </summary>
    public IModelPrices? Current
    {
        get => Volatile.Read(ref _current);
        set
        {
            var isNewer = _current is not { } current
                || value is null
                || value.RetrievedAt >= current.RetrievedAt
                || current.RetrievedAt > time.GetUtcNow();
            if (isNewer)
            {
                Volatile.Write(ref _current, value);
            }
        }
    }

    /// <summary>Finds the price of a model and its limits of tokens; false when it is not listed, or no prices were retrieved.</summary>
    public bool TryFind(
        string model, [NotNullWhen(true)] out ModelPrice? price, out long? contextLength, out long? maxOutput)
    {
        if (Current is { } prices)
        {
            return prices.TryFind(model, out price, out contextLength, out maxOutput);
        }

        (price, contextLength, maxOutput) = (null, null, null);

        return false;
    }

    /// <summary>Retrieves the catalog, which sets <see cref="Current"/>; null when there is none.</summary>
    public Func<CancellationToken, Task>? Retrieve { get; set; }

    /// <summary>Whether there are no prices, and they may be retrieved now: not soon after that failed.</summary>
    public bool CanRetrieve =>
        Retrieve is not null
        && Current is null
        && IsDue(time.GetUtcNow());

    /// <summary>Retrieves the prices; a failure leaves them as they are.</summary>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task RetrieveAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Task.Yield would return to the context of the caller, which may be blocked by the call that waits for the prices.
            await Task.Run(() => Retrieve!(cancellationToken), CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Without prices the cost stays unknown, which decides about the call.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Pause();
        }
    }

    /// <summary>Starts to retrieve prices that are missing or old. Never blocks the call that needs them, and never fails it.</summary>
    public void RefreshInBackground()
    {
        if (Retrieve is null)
        {
            return;
        }

        var now = time.GetUtcNow();
        var age = now - Current?.RetrievedAt;
        var isFresh = age >= TimeSpan.Zero && age < maxAge;
        if (isFresh || !IsDue(now))
        {
            return;
        }

        var isFirst = Interlocked.Exchange(ref _isRetrieving, 1) == 0;
        if (isFirst)
        {
            _ = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        await RetrieveAsync(CancellationToken.None).ConfigureAwait(false);

        // What was retrieved may be the old catalog still, while its own refresh is under way.
        Pause();
        Volatile.Write(ref _isRetrieving, 0);
    }

    private bool IsDue(DateTimeOffset now)
    {
        var left = Volatile.Read(ref _nextTicks) - now.UtcTicks;

        // A longer pause than the usual one is that of a clock that was set back meanwhile.
        return left <= 0 || left > retryDelay.Ticks;
    }

    private void Pause() => Volatile.Write(ref _nextTicks, (time.GetUtcNow() + retryDelay).UtcTicks);
}
