using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>How <see cref="ChatClient.RunAsync"/> goes on. Not to be changed while it runs.</summary>
public sealed class ChatRunOptions
{
    /// <summary>How many turns the model gets at most. Each is one call, and is billed.</summary>
    /// <value>1 or more. The default is 10.</value>
    public int MaxTurns { get; set; } = CCApiDefaults.MaxRunTurns;

    /// <summary>How many turns in a row may bring nothing but failed calls. One more ends the run.</summary>
    /// <value>0 or more. The default is 3.</value>
    public int MaxConsecutiveErrors { get; set; } = CCApiDefaults.MaxRunErrors;

    /// <summary>How many tokens the turns may use together before no further one is begun. A turn that is under way may go beyond.</summary>
    /// <value>1 or more; null for no limit, which is the default. Where the gateway reports no usage, it never ends a run.</value>
    public long? MaxTotalTokens { get; set; }

    /// <summary>Whether the calls of one turn may run at the same time; also told to the model, as <c>parallel_tool_calls</c>.</summary>
    /// <value>Null by default: they may, unless the request says otherwise, and the model is not told, because some refuse the setting.</value>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>Whether each turn is streamed, which gives its text as <see cref="ChatTextStep"/>s and its reasoning as <see cref="ChatReasoningStep"/>s while it is made.</summary>
    /// <value>False by default.</value>
    public bool Stream { get; set; }

    /// <summary>
    /// Asked before each call that can be run, one after the other; a call that it answers with false is not run, and the model is told so. What it throws ends the run.
    /// </summary>
    /// <value>Null by default: every call is run.</value>
    public Func<ChatToolCall, CancellationToken, Task<bool>>? ApproveAsync { get; set; }

    internal void Check(string parameterName)
    {
        if (MaxTurns < 1 || MaxConsecutiveErrors < 0 || MaxTotalTokens < 1)
        {
            throw new ArgumentException("MaxTurns and MaxTotalTokens must be 1 or more, and MaxConsecutiveErrors 0 or more.", parameterName);
        }
    }
}
