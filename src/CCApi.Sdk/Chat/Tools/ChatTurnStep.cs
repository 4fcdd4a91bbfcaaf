using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The model has finished a turn: a text, or calls of tools.</summary>
public sealed class ChatTurnStep : ChatRunStep
{
    /// <summary>Creates a step.</summary>
    /// <param name="response">The response of the model.</param>
    /// <param name="message">What is sent back of it as part of the history.</param>
    public ChatTurnStep(ChatCompletionResponse response, ChatMessage? message)
    {
        Response = response;
        Message = message;
    }

    /// <summary>The response of the model.</summary>
    public ChatCompletionResponse Response { get; }

    /// <summary>
    /// What is sent back of it as part of the history: its message as received, corrected where strict back ends would reject it,
    /// such as an id for each call. Null when there was none.
    /// </summary>
    public ChatMessage? Message { get; }

    /// <summary>What the turn cost; of source <see cref="CostSource.Unknown"/> when that is not known.</summary>
    public CCApiCost Cost => Response.Info?.Cost ?? CCApiCost.Unknown;

    /// <summary>The text of the response; null when there is none.</summary>
    public string? Text => Response.Text;
}
