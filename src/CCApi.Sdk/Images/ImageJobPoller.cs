using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Asks for the state of a job, once for all who wait for it, as long as somebody does.</summary>
/// <remarks>The questions are a chain of rounds: whoever waits goes along it at their own pace, so that nobody misses a state.</remarks>
/// <param name="clock">The clock of the pauses.</param>
/// <param name="ask">Asks for the state.</param>
/// <param name="latest">The state that is known already.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither a timer nor a wait handle, and a question that is still under way may look at its token.")]
internal sealed class ImageJobPoller(TimeProvider clock, Func<CancellationToken, Task<MultimodalImageGenerationResponse>> ask, MultimodalImageGenerationResponse? latest)
{
    private readonly object _gate = new();

    // The longest pause of each who waits.
    private readonly List<TimeSpan> _waiting = [];

    private Round _last = new(pauses: 0);
    private CancellationTokenSource _stop = new();
    private MultimodalImageGenerationResponse? _latest = latest;

    public MultimodalImageGenerationResponse? Latest => Volatile.Read(ref _latest);

    /// <summary>Begins to wait: gives the state so far, and the round that it is from.</summary>
    public (Round Round, MultimodalImageGenerationResponse? State) Join(TimeSpan longestPause)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _stop = new CancellationTokenSource();
                _last = new Round(pauses: 0);
            }

            _waiting.Add(longestPause);
            return (_last, _latest);
        }
    }

    /// <summary>Ends to wait. The last to leave ends the question under way.</summary>
    public void Leave(TimeSpan longestPause)
    {
        CancellationTokenSource stop;
        lock (_gate)
        {
            _waiting.Remove(longestPause);
            if (_waiting.Count > 0)
            {
                return;
            }

            stop = _stop;
        }

        stop.Cancel();
    }

    /// <summary>The round after another, begun now unless somebody has done so.</summary>
    public Round After(Round previous)
    {
        Round next;
        TimeSpan pause;
        CancellationToken cancellationToken;
        lock (_gate)
        {
            if (previous.Next is not null)
            {
                return previous.Next;
            }

            var isFirstQuestion = _latest is null && !previous.IsQuestion;
            pause = isFirstQuestion ? TimeSpan.Zero : ImagePollingPolicy.Delay(previous.Pauses, _latest?.EstimatedTime, _waiting.Min(), RandomSource.Roll());
            next = previous.Next = new Round(isFirstQuestion ? 0 : previous.Pauses + 1) { IsQuestion = true };
            cancellationToken = _stop.Token;
        }

        _ = RunAsync(previous, next, pause, cancellationToken);
        return next;
    }

    private async Task RunAsync(Round previous, Round round, TimeSpan pause, CancellationToken cancellationToken)
    {
        MultimodalImageGenerationResponse? state = null;
        Exception? fault = null;
        try
        {
            if (pause > TimeSpan.Zero)
            {
                await clock.Wait(pause, cancellationToken).ConfigureAwait(false);
            }

            state = await ask(cancellationToken).ConfigureAwait(false);
        }
        catch (CCApiException exception) when (exception.IsTransient)
        {
            // It may pass: the next round asks again.
        }
#pragma warning disable CA1031 // Those who wait throw it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault = exception;
        }

        lock (_gate)
        {
            // Otherwise everybody has left meanwhile, and others may have begun anew.
            if (ReferenceEquals(_last, previous))
            {
                _last = round;
                _latest = state ?? _latest;
            }
        }

        round.End(state, fault);
    }

    /// <summary>One question and its answer.</summary>
    /// <param name="pauses">How many pauses came before its answer since the asking began.</param>
    internal sealed class Round(int pauses)
    {
        private readonly TaskCompletionSource<(MultimodalImageGenerationResponse? State, Exception? Fault)> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Pauses => pauses;

        public bool IsQuestion { get; init; }

        public Round? Next { get; set; }

        public void End(MultimodalImageGenerationResponse? state, Exception? fault) => _end.TrySetResult((state, fault));

        /// <summary>Waits for the answer: the state, or null when asking failed in a way that may pass.</summary>
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
