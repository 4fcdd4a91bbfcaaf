using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// The base of every error that the SDK reports, other than wrong arguments and cancellation. It never holds the API key.
/// </summary>
/// <remarks>
/// The message contains what happened, what the gateway reported, and how to fix it. The properties are settable so that tests can
/// make what they need.
/// </remarks>
public class CCApiException : Exception
{
    /// <summary>An error without a message.</summary>
    public CCApiException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The status of the response; null without one. 200 when the error was hidden in a successful response.</summary>
    public HttpStatusCode? StatusCode { get; set; }

    /// <summary>The message of the gateway, in its own words; null when it sent nothing readable.</summary>
    public string? GatewayMessage { get; set; }

    /// <summary>The class of the error, such as <c>billing_error</c>, as the gateway named it.</summary>
    public string? Type { get; set; }

    /// <summary>The cause, such as <c>insufficient_funds</c>, as the gateway named it; a number is given as text.</summary>
    public string? Code { get; set; }

    /// <summary>The request field that the gateway complained of.</summary>
    public string? Param { get; set; }

    /// <summary>Further facts, as the gateway sent them.</summary>
    public JsonElement? Details { get; set; }

    /// <summary>The id of the request, to quote to the gateway's support.</summary>
    public string? RequestId { get; set; }

    /// <summary>The headers of the response; null without one.</summary>
    public HttpResponseHeaders? Headers { get; set; }

    /// <summary>Every attempt of the call, in order.</summary>
    public IReadOnlyList<CCApiAttempt> Attempts { get; set; } = [];

    /// <summary>The start of the response's body, cleaned, at most 512 characters.</summary>
    public string? BodySnippet { get; set; }

    /// <summary>Whether the same call may succeed later, unchanged.</summary>
    public bool IsTransient { get; set; }

    /// <summary>
    /// What the call cost although it failed, with all its attempts: of source <see cref="CostSource.Unknown"/> when it may have
    /// been charged. Null when nothing was charged.
    /// </summary>
    public CCApiCost? Cost { get; set; }

    /// <summary>What was received of a streamed response before the error; null for other calls.</summary>
    public ChatCompletionResponse? PartialResponse { get; set; }

    /// <summary>
    /// What <see cref="ChatClient.RunAsync"/> had done before the error: the conversation and its usage. Null for other calls.
    /// </summary>
    public ChatRunProgress? RunProgress { get; set; }

    /// <summary>
    /// The value of <c>error.type</c> in spans and metrics, one of a few; null for an exception that is derived elsewhere, which
    /// has its name.
    /// </summary>
    internal virtual string? ErrorType => GetType() == typeof(CCApiException) ? "_OTHER" : null;
}
