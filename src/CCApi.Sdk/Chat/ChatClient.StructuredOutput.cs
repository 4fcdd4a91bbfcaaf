using System;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

public partial class ChatClient
{
    private readonly SupportedFormats _supportedFormats = new();

    /// <summary>Requests a completion that is a value of a type.</summary>
    /// <typeparam name="T">The type: a class or a record, and also a list, a number or an enum, which is wrapped on the wire.</typeparam>
    /// <param name="request">The request. It is not changed.</param>
    /// <param name="type">
    /// How the type is read, such as <c>AppJson.Default.Recipe</c>. The texts of
    /// <see cref="System.ComponentModel.DescriptionAttribute"/> are sent to the model.
    /// </param>
    /// <param name="options">Settings of these calls. An idempotency key gets a number for each further call.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <remarks>
    /// The schema is sent as <c>response_format</c>. When a model rejects that, any JSON is requested, with the schema in a
    /// message; the client remembers it for the model. When a response does not match, the model gets one more request with what
    /// is wrong. Each response is billed; <see cref="ChatStructuredResponse{T}.Usage"/> is their sum.
    /// </remarks>
    /// <exception cref="ArgumentException">The request is not complete, or sets what the type decides.</exception>
    /// <exception cref="ChatStructuredOutputException">
    /// The model responded, but not with such a value: it declined, was truncated or filtered, or did not match twice.
    /// </exception>
    /// <exception cref="CCApiException">The call failed; the type of the exception specifies how.</exception>
    /// <example><code>
    /// var response = await client.Chat.CompleteAsync(request, AppJson.Default.Recipe);
    /// Console.WriteLine(response.Value.Title);
    /// </code></example>
    public virtual Task<ChatStructuredResponse<T>> CompleteAsync<T>(
        ChatCompletionRequest request,
        JsonTypeInfo<T> type,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        StructuredOutputCall.Check(request);
        OptionsValidation.Check(options);

        Require.NotNull(type, nameof(type));

        return StructuredOutputCall.RunAsync(this, _supportedFormats, request, type, options?.Clone(), cancellationToken);
    }

    /// <summary>Sends one prompt and requests a completion that is a value of a type.</summary>
    /// <typeparam name="T">The type: a class or a record, and also a list, a number or an enum, which is wrapped on the wire.</typeparam>
    /// <param name="model">The model's id, such as <c>openai/gpt-4o-mini</c>.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="type">How the type is read, such as <c>AppJson.Default.Recipe</c>.</param>
    /// <param name="options">Settings of these calls.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <exception cref="ChatStructuredOutputException">
    /// The model responded, but not with such a value: it declined, was truncated or filtered, or did not match twice.
    /// </exception>
    /// <exception cref="CCApiException">The call failed; the type of the exception specifies how.</exception>
    /// <example><code>
    /// var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "A recipe for pancakes.", AppJson.Default.Recipe);
    /// Console.WriteLine(response.Value.Title);
    /// </code></example>
    public virtual Task<ChatStructuredResponse<T>> CompleteAsync<T>(
        string model,
        string prompt,
        JsonTypeInfo<T> type,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CompleteAsync(ChatRequestValidation.FromPrompt(model, prompt), type, options, cancellationToken);
}
