using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A fleet as one process sees it: limiters and budgets that all processes share, and bulk jobs. Thread-safe.</summary>
/// <example><code>
/// var run = await fleet.SubmitAsync(new FleetJob("nightly", items));
/// await foreach (var progress in run.WatchAsync())
/// {
///     Console.WriteLine(progress);
/// }
/// </code></example>
public sealed class CCApiFleet
{
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly FleetBudgetStore _budgets;
    private readonly ConcurrentDictionary<string, FleetRateLimiter> _limiters = new(StringComparer.Ordinal);

    /// <summary>Creates the view of a fleet.</summary>
    /// <param name="grains">A silo's or a client's <see cref="IGrainFactory"/>.</param>
    /// <param name="timeProvider">The clock of waits; null for that of the system.</param>
    public CCApiFleet(IGrainFactory grains, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(grains);
        _grains = grains;
        _time = timeProvider ?? TimeProvider.System;
        _budgets = new FleetBudgetStore(grains, _time);
    }

    /// <summary>The budgets of the fleet.</summary>
    public IBudgetStore Budgets => _budgets;

    /// <summary>
    /// Returns the limiter of an API key, for <see cref="CCApiClientOptions.RateLimiter"/>; the same object for the same name.
    /// </summary>
    /// <param name="name">The name of the limiter, one for each API key.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <remarks>
    /// It grants one permit at a time, by <see cref="RateLimiter.AcquireAsync"/> only. While the silo of the limiter is gone, callers wait;
    /// end the wait with a token or the time budget of the call.
    /// </remarks>
    public RateLimiter GetRateLimiter(string name = "default")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return _limiters.GetOrAdd(name, key => new FleetRateLimiter(_grains.GetGrain<ILimiterGrain>(key), _time));
    }

    /// <summary>Stores a job, and lets the silos run it.</summary>
    /// <param name="job">The job. Its items are read and stored before anything is sent.</param>
    /// <param name="cancellationToken">Cancels the submission.</param>
    /// <returns>The run, which continues when this process ends.</returns>
    /// <exception cref="FleetException">
    /// A job with this id exists, the items cannot be run (none, two with the same id, structured output), a setting is out of its range,
    /// or no silo responds.
    /// </exception>
    /// <remarks>
    /// A submission that fails or is canceled sends nothing, unless that happens at its very end, while the silos start the job. It can be
    /// repeated: when the job was started, that fails with <see cref="FleetError.JobExists"/>, and <see cref="GetRun"/> has the run. Of two
    /// submissions of one id at once, the later one continues and the other one fails.
    /// </remarks>
    public async Task<FleetRun> SubmitAsync(FleetJob job, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        await new JobSubmission(job, _grains, _time).RunAsync(cancellationToken).ConfigureAwait(false);
        return GetRun(job.Id);
    }

    /// <summary>Returns the run of a job that was submitted, by this process or another.</summary>
    /// <param name="id">The id of the job. Whether there is one is known when the run is used.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public FleetRun GetRun(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new FleetRun(id, _grains, _time);
    }

    /// <summary>Sets the limit of a budget; what was spent and reserved stays.</summary>
    /// <param name="scope">The budget.</param>
    /// <param name="limit">The most that may be spent, 0 or more.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state of the budget.</returns>
    /// <exception cref="ArgumentException">The scope is empty or the limit is negative.</exception>
    /// <exception cref="FleetException">No silo responds.</exception>
    public async Task<BudgetState> SetBudgetLimitAsync(string scope, decimal limit, CancellationToken cancellationToken = default) =>
        await _budgets.SetLimitAsync(scope, limit, cancellationToken).ConfigureAwait(false);
}
