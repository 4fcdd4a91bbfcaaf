using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Polls the state of a job for all its waiters together, as long as there are any.</summary>
/// <remarks>The polls are a chain of rounds: each waiter follows it at its own pace, so that none misses a state.</remarks>
/// <param name="clock">The clock of the pauses.</param>
/// <param name="poll">Polls the state.</param>
/// <param name="latest">The state that is known already.</param>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The sources have neither a timer nor a wait handle, and a poll that still runs may read its token.")]
internal sealed class ImageJobPoller(
    TimeProvider clock,
    Func<CancellationToken, Task<MultimodalImageGenerationResponse>> poll,
    MultimodalImageGenerationResponse? latest)
{
    private readonly object _gate = new();

    // One entry for each waiter: its longest pause.
    private readonly List<TimeSpan> _waiting = [];

    private Round _last = new(pauses: 0);
    private CancellationTokenSource _stop = new();
    private TaskCompletionSource<bool> _change = NewChange();
    private MultimodalImageGenerationResponse? _latest = latest;
    private CCApiException? _failure;

    public MultimodalImageGenerationResponse? Latest => Volatile.Read(ref _latest);

    /// <summary>Why the last poll failed; null when it succeeded. Such a failure may pass: the next poll may succeed.</summary>
    public CCApiException? Failure => Volatile.Read(ref _failure);

    /// <summary>Begins to wait: returns the state so far, and the round that it is from.</summary>
    public (Round Round, MultimodalImageGenerationResponse? State) Join(TimeSpan longestPause)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _stop = new CancellationTokenSource();
                _last = new Round(pauses: 0);
                _failure = null;
            }

            _waiting.Add(longestPause);
            EndPause();

            return (_last, _latest);
        }
    }

    /// <summary>Ends a wait. The last waiter to leave cancels the poll under way.</summary>
    public void Leave(TimeSpan longestPause)
    {
        CancellationTokenSource stop;
        lock (_gate)
        {
            _waiting.Remove(longestPause);
            EndPause();
            if (_waiting.Count > 0)
            {
                return;
            }

            stop = _stop;
        }

        stop.Cancel();
    }

    /// <summary>The round after another, begun now unless another waiter has begun it.</summary>
    public Round After(Round previous)
    {
        Round next;
        bool isFirst;
        CancellationToken stop;

        lock (_gate)
        {
            if (previous.Next is not null)
            {
                return previous.Next;
            }

            isFirst = _latest is null && !previous.IsPoll;
            next = previous.Next = new Round(isFirst ? 0 : previous.Pauses + 1) { IsPoll = true };
            stop = _stop.Token;
        }

        _ = RunAsync(previous, next, isFirst, stop);

        return next;
    }

    private async Task RunAsync(Round previous, Round round, bool isFirst, CancellationToken stop)
    {
        MultimodalImageGenerationResponse? state = null;
        CCApiException? failure = null;
        Exception? fault = null;

        try
        {
            if (!isFirst)
            {
                await PauseAsync(previous.Pauses, stop).ConfigureAwait(false);
            }

            state = await poll(stop).ConfigureAwait(false);
        }
        catch (CCApiException exception) when (exception.IsTransient)
        {
            // The next round polls again.
            failure = exception;
        }
#pragma warning disable CA1031 // The waiters throw it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault = exception;
        }

        lock (_gate)
        {
            // Otherwise all waiters have left since, and others may have joined.
            if (ReferenceEquals(_last, previous))
            {
                _last = round;
                _latest = state ?? _latest;
                _failure = failure;
            }
        }

        round.End(state, fault);
    }

    /// <summary>
    /// Pauses as long as the least patient waiter allows. A pause under way changes when a waiter joins or leaves.
    /// </summary>
    private async Task PauseAsync(int pauses, CancellationToken stop)
    {
        var random = RandomSource.Roll();
        var start = clock.GetTimestamp();

        while (true)
        {
            TimeSpan rest;
            Task changed;

            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    throw new OperationCanceledException(stop);
                }

                var pause = ImagePollingPolicy.Delay(pauses, _latest?.EstimatedTime, _waiting.Min(), random);
                rest = pause - clock.GetElapsedTime(start);
                changed = _change.Task;
            }

            if (rest <= TimeSpan.Zero)
            {
                return;
            }

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var timer = clock.Wait(rest, ended.Token);
            await Task.WhenAny(timer, changed).ConfigureAwait(false);

            if (timer.Status == TaskStatus.RanToCompletion)
            {
                return;
            }

            stop.ThrowIfCancellationRequested();
            End(ended);
        }
    }

    private static void End(CancellationTokenSource timer) => timer.Cancel();

    private static TaskCompletionSource<bool> NewChange() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets a pause under way compute its length again. Called under the lock.</summary>
    private void EndPause()
    {
        _change.TrySetResult(true);
        _change = NewChange();
    }

    /// <summary>One poll and its response.</summary>
    /// <param name="pauses">How many pauses came before it since the polling began.</param>
    internal sealed class Round(int pauses)
    {
        private readonly TaskCompletionSource<(MultimodalImageGenerationResponse? State, Exception? Fault)> _end =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Pauses => pauses;

        public bool IsPoll { get; init; }

        public Round? Next { get; set; }

        public void End(MultimodalImageGenerationResponse? state, Exception? fault) =>
            _end.TrySetResult((state, fault));

        /// <summary>Waits for the response: the state, or null when the poll failed in a way that may pass.</summary>
        public async Task<MultimodalImageGenerationResponse?> WaitAsync(CancellationToken cancellationToken)
        {
            var (state, fault) = await _end.Task.OrCanceled(cancellationToken).ConfigureAwait(false);
            if (fault is not null)
            {
                ExceptionDispatchInfo.Capture(fault).Throw();
            }

            return state;
        }
    }
}
