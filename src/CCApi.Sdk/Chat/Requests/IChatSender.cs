using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Sends chat requests: what typed completions and runs need of <c>ChatClient</c>, which is above them.</summary>
internal interface IChatSender
{
    TimeProvider Time { get; }

    /// <summary>Is canceled when the client is disposed; never for a fake.</summary>
    CancellationToken Closed { get; }

    /// <summary>Starts the spans of the tools of a run; null for a fake.</summary>
    ToolTelemetrySource? ToolTelemetry(CCApiRequestOptions? options);

    Task<ChatCompletionResponse> CompleteAsync(
        ChatCompletionRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken);

    StreamingChatCompletion StreamAsync(
        ChatCompletionRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken);
}
