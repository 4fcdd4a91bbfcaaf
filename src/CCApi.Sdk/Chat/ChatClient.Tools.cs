using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

public partial class ChatClient
{
    TimeProvider IChatSender.Time => _calls?.Time ?? TimeProvider.System;

    CancellationToken IChatSender.Closed => _calls?.Closed ?? default;

    Task<ChatCompletionResponse> IChatSender.CompleteAsync(
        ChatCompletionRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken) =>
        CompleteAsync(request, options, cancellationToken);

    StreamingChatCompletion IChatSender.StreamAsync(
        ChatCompletionRequest request, CCApiRequestOptions? options, CancellationToken cancellationToken) =>
        StreamAsync(request, options, cancellationToken);

    ToolTelemetrySource? IChatSender.ToolTelemetry(CCApiRequestOptions? options) => _calls?.ToolTelemetry(options);

    /// <summary>
    /// Calls the model, runs the tools that it calls, sends it the results, and so on until it completes or a limit is reached.
    /// Every step is returned as it happens; the last is a <see cref="ChatDoneStep"/>.
    /// </summary>
    /// <param name="request">The request. It is not changed, and may be used for several runs at once.</param>
    /// <param name="tools">The tools that the model may call.</param>
    /// <param name="runOptions">Limits, approval, and whether the turns are streamed.</param>
    /// <param name="options">Settings of these calls. An idempotency key gets a number for each further turn.</param>
    /// <param name="cancellationToken">Ends the run at once, also when a tool ignores its token.</param>
    /// <remarks>
    /// What tools throw, arguments that do not match and tools that do not exist are reported to the model, which may correct
    /// them. Errors of the gateway end the run with their exception; <see cref="ChatRunProgress.Of"/> gives what was done before
    /// any exception, also a cancellation. Leaving the loop cancels tools that are running, and waits for them for at most a
    /// second.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The request is not complete, or sets what a run decides; or an option is out of range.
    /// </exception>
    /// <exception cref="CCApiException">A call failed; the type of the exception specifies how.</exception>
    /// <example><code>
    /// await foreach (var step in client.Chat.RunAsync(request, tools))
    /// {
    ///     if (step is ChatDoneStep done)
    ///     {
    ///         Console.WriteLine(done.Text);
    ///     }
    /// }
    /// </code></example>
    public virtual IAsyncEnumerable<ChatRunStep> RunAsync(
        ChatCompletionRequest request,
        ChatTools tools,
        ChatRunOptions? runOptions = null,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        runOptions ??= new ChatRunOptions();
        ChatRunValidation.Check(request, tools, runOptions);
        OptionsValidation.Check(options);

        return ChatRun.RunAsync(this, request, tools, runOptions, options?.Clone(), cancellationToken);
    }
}
