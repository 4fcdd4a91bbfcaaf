using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans;

/// <summary>
/// Renews the leases that this process holds, and reports those that have ended, in one call for all of them. Thread-safe.
/// </summary>
/// <param name="grain">The limiter.</param>
/// <param name="time">The clock.</param>
internal sealed class LeaseKeeper(ILimiterGrain grain, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan _delayAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private List<string> _released = [];
    private ITimer? _timer;
    private TimeSpan _period;
    private bool _isRenewalDue;
    private bool _isUpdating;
    private bool _isDisposed;

    /// <summary>The leases that are renewed.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Whether leases are renewed no longer.</summary>
    public bool IsDisposed => Volatile.Read(ref _isDisposed);

    /// <summary>Adds a lease that was granted.</summary>
    public void Add(string id, TimeSpan leaseTime)
    {
        lock (_gate)
        {
            _held.Add(id);
            var period = leaseTime / 5;
            if (_isDisposed || period == _period)
            {
                return;
            }

            _period = period;
            _timer?.Dispose();
            _timer = time.CreateTimer(static state => ((LeaseKeeper)state!).OnTimer(), this, period, period);
        }
    }

    /// <summary>Ends a lease, or a wait for one.</summary>
    public void Release(string id)
    {
        lock (_gate)
        {
            _held.Remove(id);
            _released.Add(id);
        }

        Update();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _isRenewalDue = true;
        }

        Update();
    }

    private void Update()
    {
        lock (_gate)
        {
            if (_isUpdating)
            {
                return;
            }

            _isUpdating = true;
        }

        _ = UpdateAsync();
    }

    /// <summary>Reports until nothing is left. Never throws.</summary>
    private async Task UpdateAsync()
    {
        await Task.Yield();
        while (Take() is var (renewed, released))
        {
            try
            {
                await grain.UpdateAsync(renewed, released).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever the reason: leases that are not reported expire.
            catch (Exception)
#pragma warning restore CA1031
            {
                PutBack(released);
                if (IsDisposed)
                {
                    return;
                }

                await Task.Delay(_delayAfterFailure, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private (List<string> Renewed, List<string> Released)? Take()
    {
        lock (_gate)
        {
            var isRenewal = _isRenewalDue && _held.Count > 0;
            _isRenewalDue = false;
            if (!isRenewal && _released.Count == 0)
            {
                _isUpdating = false;
                return null;
            }

            var released = _released;
            _released = [];
            return (isRenewal ? _held.ToList() : [], released);
        }
    }

    private void PutBack(List<string> released)
    {
        lock (_gate)
        {
            _released.AddRange(released);
            _isRenewalDue = true;
        }
    }
}
