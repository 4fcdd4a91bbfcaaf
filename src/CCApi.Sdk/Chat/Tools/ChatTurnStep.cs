using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The model has finished a turn: an answer, or the tools that it wants to have called.</summary>
public sealed class ChatTurnStep : ChatRunStep
{
    /// <summary>A step.</summary>
    /// <param name="response">What the model answered.</param>
    /// <param name="message">What goes back of it as part of the history.</param>
    public ChatTurnStep(ChatCompletionResponse response, ChatMessage? message)
    {
        Response = response;
        Message = message;
    }

    /// <summary>What the model answered.</summary>
    public ChatCompletionResponse Response { get; }

    /// <summary>
    /// What goes back of it as part of the history: its message as it came, and with an id for each call. Null when there was none. Whoever keeps this and every
    /// <see cref="ChatToolResultStep.Message"/> can go on after an exception.
    /// </summary>
    public ChatMessage? Message { get; }

    /// <summary>The text of the answer; null when there is none.</summary>
    public string? Text => Response.Text;
}
