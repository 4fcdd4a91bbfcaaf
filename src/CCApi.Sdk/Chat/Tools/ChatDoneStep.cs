using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The run has ended. Always the last step.</summary>
public sealed class ChatDoneStep : ChatRunStep
{
    /// <summary>Creates a step for a fake; set the properties that the test needs.</summary>
    public ChatDoneStep()
    {
    }

    /// <summary>Creates a step.</summary>
    /// <param name="end">Why the run ended.</param>
    /// <param name="response">The last response.</param>
    /// <param name="messages">The whole conversation.</param>
    /// <param name="usage">What all turns used.</param>
    /// <param name="turns">The number of turns.</param>
    public ChatDoneStep(
        ChatRunEnd end,
        ChatCompletionResponse response,
        IReadOnlyList<ChatMessage> messages,
        Usage? usage,
        int turns)
    {
        End = end;
        Response = response;
        Messages = messages;
        Usage = usage;
        Turns = turns;
    }

    /// <summary>Why the run ended.</summary>
    public ChatRunEnd End { get; set; }

    /// <summary>The last response.</summary>
    public ChatCompletionResponse Response { get; set; } = new();

    /// <summary>The text of the last response; null when it has none, as after a limit.</summary>
    public string? Text => Response.Text;

    /// <summary>The whole conversation, however the run ended: add a message and start another run to continue it.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; set; } = [];

    /// <summary>What all turns used together; null when the gateway reported nothing.</summary>
    public Usage? Usage { get; set; }

    /// <summary>What all turns cost together; of source <see cref="CostSource.Unknown"/> when that is not known.</summary>
    public CCApiCost Cost { get; set; } = CCApiCost.Unknown;

    /// <summary>The number of turns of the model.</summary>
    public int Turns { get; set; }
}
