using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Chat completions, plain and streamed. Thread-safe; for fakes, derive from it and override.</summary>
public partial class ChatClient : IChatSender
{
    private readonly ChatCalls? _calls;

    internal ChatClient(CCApiTransport transport) => _calls = new ChatCalls(transport);

    /// <summary>For fakes: every method must be overridden.</summary>
    protected ChatClient()
    {
    }

    /// <summary>The address of the gateway; null for a fake.</summary>
    internal Uri? BaseAddress => _calls?.BaseAddress;

    private ChatCalls Calls => Require.NotFake(_calls);

    /// <summary>Requests a completion and waits for all of it.</summary>
    /// <param name="request">The request. It is not changed, and may be used for several calls at once.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The request is not complete, or has <c>Stream</c> set.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var completion = await client.Chat.CompleteAsync(new ChatCompletionRequest
    /// {
    ///     Model = "openai/gpt-4o-mini",
    ///     Messages = [ChatMessage.User("Say hello.")],
    /// });
    /// Console.WriteLine(completion.Text);
    /// </code></example>
    public virtual Task<ChatCompletionResponse> CompleteAsync(
        ChatCompletionRequest request,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ChatRequestValidation.Check(request);
        if (request.Stream == true)
        {
            throw new ArgumentException(
                "The request has Stream = true: use StreamAsync, or leave Stream unset.", nameof(request));
        }

        OptionsValidation.Check(options);

        return Calls.CompleteAsync(request, options, cancellationToken);
    }

    /// <summary>Sends one prompt and waits for all of the completion.</summary>
    /// <param name="model">The model's id, such as <c>openai/gpt-4o-mini</c>.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var completion = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Say hello.");
    /// Console.WriteLine(completion.Text);
    /// </code></example>
    public virtual Task<ChatCompletionResponse> CompleteAsync(
        string model,
        string prompt,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CompleteAsync(ChatRequestValidation.FromPrompt(model, prompt), options, cancellationToken);

    /// <summary>Requests a completion that is read while it is generated. Nothing is sent until the stream is read.</summary>
    /// <param name="request">
    /// The request. It is not changed: a copy is sent, with <c>stream</c> and, unless set,
    /// <c>stream_options.include_usage</c>.
    /// </param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the stream at any time.</param>
    /// <exception cref="ArgumentException">The request is not complete.</exception>
    /// <example><code>
    /// await foreach (var text in client.Chat.StreamAsync(request).ReadTextAsync())
    /// {
    ///     Console.Write(text);
    /// }
    /// </code></example>
    public virtual StreamingChatCompletion StreamAsync(
        ChatCompletionRequest request,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ChatRequestValidation.Check(request);
        OptionsValidation.Check(options);

        return Calls.Stream(request, options, cancellationToken);
    }

    /// <summary>
    /// Sends one prompt; the completion is read while it is generated. Nothing is sent until the stream is read.
    /// </summary>
    /// <param name="model">The model's id, such as <c>openai/gpt-4o-mini</c>.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the stream at any time.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <example><code>
    /// await foreach (var text in client.Chat.StreamAsync("openai/gpt-4o-mini", "Tell a story.").ReadTextAsync())
    /// {
    ///     Console.Write(text);
    /// }
    /// </code></example>
    public virtual StreamingChatCompletion StreamAsync(
        string model,
        string prompt,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        StreamAsync(ChatRequestValidation.FromPrompt(model, prompt), options, cancellationToken);

    internal static void Check(ChatCompletionRequest request) => ChatRequestValidation.Check(request);

    /// <inheritdoc cref="ChatCalls.CallFor"/>
    internal static ApiRequest CallFor(ChatCompletionRequest request) => ChatCalls.CallFor(request);
}
