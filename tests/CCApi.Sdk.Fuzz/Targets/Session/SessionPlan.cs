using System;
using System.Linq;

namespace CCApi.Sdk.Fuzz;

/// <summary>One call of a session: what is called, with which options, and what disturbs it when.</summary>
internal sealed class SessionPlan
{
    private static readonly Disturbance[] _disturbances =
    [
        Disturbance.None, Disturbance.None, Disturbance.None, Disturbance.CancelCall, Disturbance.CancelReader, Disturbance.DisposeStream, Disturbance.DisposeClient,
        Disturbance.ReadAgain, Disturbance.Leave,
    ];

    public SessionPlan(Choices choices)
    {
        Kind = (CallerKind)choices.Next(Enum.GetValues<CallerKind>().Length);
        Options = OptionsFrom(choices);
        Disturbance = choices.Pick(_disturbances);
        if (Disturbance != Disturbance.None)
        {
            AtStep = choices.OneIn(2) ? choices.Next(40) : null;
            AtTime = AtStep is null && choices.OneIn(2) ? TimeSpan.FromSeconds(choices.Pick(0, 1, 3, 20, 60, 200) + (choices.Next(2) * 0.005)) : null;
            AtPiece = AtStep is null && AtTime is null ? choices.Next(6) : null;
        }
    }

    public CallerKind Kind { get; }

    public CCApiRequestOptions? Options { get; }

    public Disturbance Disturbance { get; }

    /// <summary>Disturbs at a request or a read of its body.</summary>
    public int? AtStep { get; }

    /// <summary>Disturbs after a time.</summary>
    public TimeSpan? AtTime { get; }

    /// <summary>Disturbs when the caller has so many pieces.</summary>
    public int? AtPiece { get; }

    /// <summary>Gets whether the call has time for any reply that is not hopeless.</summary>
    public bool HasAmpleTime => Options is null or { Total: null, Attempt: null, FirstChunk: null, Idle: null };

    private static CCApiRequestOptions? OptionsFrom(Choices choices)
    {
        if (choices.Next(2) == 0)
        {
            return null;
        }

        TimeSpan?[] budgets = [null, null, null, null, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30)];
        return new CCApiRequestOptions
        {
            MaxRetries = choices.Pick<int?>(null, 0, 1, 3),
            RetryPossiblyCharged = choices.Pick<bool?>(null, null, false, true),
            ApiKey = choices.OneIn(3) ? SessionTarget.CallKey : null,
            IdempotencyKey = choices.OneIn(4) ? "own-key" : null,
            FailoverModels = choices.OneIn(3) ? [.. SessionModels.All.Skip(1).Take(choices.Next(3))] : null,
            SeparateThinking = choices.OneIn(3),
            Total = choices.Pick(budgets),
            Attempt = choices.Pick(budgets),
            FirstChunk = choices.Pick(budgets),
            Idle = choices.Pick(budgets),
        };
    }
}
