using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The limits and settings of <see cref="ChatClient.RunAsync"/>. Must not be changed during a run.</summary>
public sealed class ChatRunOptions
{
    /// <summary>The largest number of turns of the model. Each is one call, and is billed.</summary>
    /// <value>1 or more. The default is 10.</value>
    public int MaxTurns { get; set; } = CCApiDefaults.MaxRunTurns;

    /// <summary>How many turns in a row may have nothing but failed calls. One more ends the run.</summary>
    /// <value>0 or more. The default is 3.</value>
    public int MaxConsecutiveErrors { get; set; } = CCApiDefaults.MaxRunErrors;

    /// <summary>
    /// How many tokens the turns may use together; when they have, no further turn begins. A turn that has begun may exceed it.
    /// </summary>
    /// <value>1 or more; null for no limit, which is the default. Where the gateway reports no usage, it never ends a run.</value>
    public long? MaxTotalTokens { get; set; }

    /// <summary>
    /// A limit of what the turns may cost together, beside those of the client and of the call. A turn that does not fit ends the
    /// run with a <see cref="CCApiBudgetExceededException"/>, whose <see cref="CCApiException.RunProgress"/> has what was done.
    /// </summary>
    /// <value>The default is null: none.</value>
    public CCApiBudget? Budget { get; set; }

    /// <summary>How many calls of one turn run at the same time.</summary>
    /// <value>1 or more. The default is 8. Without effect when <see cref="ParallelToolCalls"/> is false.</value>
    public int MaxParallelCalls { get; set; } = CCApiDefaults.MaxParallelCalls;

    /// <summary>How many calls of one turn run. Those beyond have an error as result, which the model gets.</summary>
    /// <value>1 or more. The default is 128.</value>
    public int MaxCallsPerTurn { get; set; } = CCApiDefaults.MaxCallsPerTurn;

    /// <summary>Whether the calls of one turn may run at the same time; also sent to the model, as <c>parallel_tool_calls</c>.</summary>
    /// <value>
    /// Null by default: they may, unless the request specifies otherwise, and nothing is sent, because some models reject the
    /// setting.
    /// </value>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>
    /// Whether each turn is streamed, which gives its text as <see cref="ChatTextStep"/>s and its reasoning as
    /// <see cref="ChatReasoningStep"/>s while it is generated.
    /// </summary>
    /// <value>False by default.</value>
    public bool Stream { get; set; }

    /// <summary>
    /// Called before each call that can run, for one call after the other. When it returns false the call does not run, and the
    /// model is informed. An exception that it throws ends the run.
    /// </summary>
    /// <value>Null by default: every call runs.</value>
    public Func<ChatToolCall, CancellationToken, Task<bool>>? ApproveAsync { get; set; }

    internal void Check(string parameterName)
    {
        CheckMinimum(MaxTurns, 1, nameof(MaxTurns), parameterName);
        CheckMinimum(MaxConsecutiveErrors, 0, nameof(MaxConsecutiveErrors), parameterName);
        CheckMinimum(MaxTotalTokens ?? 1, 1, nameof(MaxTotalTokens), parameterName);
        CheckMinimum(MaxParallelCalls, 1, nameof(MaxParallelCalls), parameterName);
        CheckMinimum(MaxCallsPerTurn, 1, nameof(MaxCallsPerTurn), parameterName);
    }

    private static void CheckMinimum(long value, int minimum, string name, string parameterName)
    {
        if (value < minimum)
        {
            throw new ArgumentException($"{name} is {value}: it must be {minimum} or more.", parameterName);
        }
    }
}
