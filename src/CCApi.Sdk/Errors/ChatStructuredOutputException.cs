using System;
using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The model answered, but not with a value of the type that was asked for. What it used is charged all the same: see <see cref="Usage"/>.</summary>
public class ChatStructuredOutputException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public ChatStructuredOutputException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to mend it.</param>
    public ChatStructuredOutputException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to mend it.</param>
    /// <param name="innerException">The cause.</param>
    public ChatStructuredOutputException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why the answer is no value.</summary>
    public StructuredOutputError Fault { get; set; }

    /// <summary>What the model answered, one for each time it was asked.</summary>
    public IReadOnlyList<ChatCompletionResponse> Responses { get; set; } = [];

    /// <summary>What all answers used together; null when the gateway reported nothing.</summary>
    public Usage? Usage => UsageTotal.Of(Responses);
}
