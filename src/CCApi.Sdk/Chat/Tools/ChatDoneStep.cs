using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The run has ended. Always the last step.</summary>
public sealed class ChatDoneStep : ChatRunStep
{
    /// <summary>A step.</summary>
    /// <param name="end">Why it ended.</param>
    /// <param name="response">What the model answered last.</param>
    /// <param name="messages">The whole conversation.</param>
    /// <param name="usage">What all turns used.</param>
    /// <param name="turns">How many turns there were.</param>
    public ChatDoneStep(ChatRunEnd end, ChatCompletionResponse response, IReadOnlyList<ChatMessage> messages, Usage? usage, int turns)
    {
        End = end;
        Response = response;
        Messages = messages;
        Usage = usage;
        Turns = turns;
    }

    /// <summary>Why it ended.</summary>
    public ChatRunEnd End { get; }

    /// <summary>What the model answered last.</summary>
    public ChatCompletionResponse Response { get; }

    /// <summary>The text of the last answer; null when there is none, as after a limit.</summary>
    public string? Text => Response.Text;

    /// <summary>The whole conversation, whichever way it ended: add a message and go on.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>What all turns used together; null when the gateway reported nothing.</summary>
    public Usage? Usage { get; }

    /// <summary>How many turns the model had.</summary>
    public int Turns { get; }
}
