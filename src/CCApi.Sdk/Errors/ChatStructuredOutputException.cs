using System;
using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The model responded, but not with a value of the requested type. The responses are charged all the same: see
/// <see cref="Usage"/>.
/// </summary>
public class ChatStructuredOutputException : CCApiException
{
    /// <summary>The error type of its calls.</summary>
    internal const string ErrorTypeOfCalls = "structured_output";

    /// <summary>An error without a message.</summary>
    public ChatStructuredOutputException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public ChatStructuredOutputException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public ChatStructuredOutputException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why the response is not a value of the type.</summary>
    public StructuredOutputError Fault { get; set; }

    /// <summary>The responses of the model, one for each request.</summary>
    public IReadOnlyList<ChatCompletionResponse> Responses { get; set; } = [];

    /// <summary>The usage of all responses together; null when the gateway reported nothing.</summary>
    public Usage? Usage => UsageTotal.Of(Responses);

    internal override string ErrorType => ErrorTypeOfCalls;
}
