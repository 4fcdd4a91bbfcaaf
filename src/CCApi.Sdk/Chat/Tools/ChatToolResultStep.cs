using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The result of a call, which is sent to the model. Results are in the order of the calls.</summary>
public sealed class ChatToolResultStep : ChatRunStep
{
    /// <summary>Creates a step.</summary>
    /// <param name="call">The call.</param>
    /// <param name="content">What is sent to the model.</param>
    /// <param name="isError">Whether there was no result.</param>
    /// <param name="exception">What the tool threw.</param>
    public ChatToolResultStep(
        ChatToolCall call, string content, bool isError = false, Exception? exception = null)
    {
        Call = call;
        Content = content;
        IsError = isError;
        Exception = exception;
        Message = ChatMessage.Tool(call?.Id ?? string.Empty, content);
    }

    /// <summary>The call.</summary>
    public ChatToolCall Call { get; }

    /// <summary>The name of the tool, as the model wrote it.</summary>
    public string Name => Call.Function?.Name ?? string.Empty;

    /// <summary>What is sent to the model: the result, or a JSON object with the member <c>error</c>.</summary>
    public string Content { get; }

    /// <summary>
    /// Whether there was no result: no such tool, arguments that do not match, a call that was not approved or exceeds a limit,
    /// or an exception.
    /// </summary>
    public bool IsError { get; }

    /// <summary>What the tool threw, for logs: the model gets only its message. Null when it threw nothing.</summary>
    public Exception? Exception { get; }

    /// <summary>The message to the model, as part of the history.</summary>
    public ChatMessage Message { get; }
}
