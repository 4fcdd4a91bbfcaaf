using System;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

public partial class ChatClient
{
    /// <summary>Asks for an answer that is a value of a type.</summary>
    /// <typeparam name="T">The type: a class or a record, and also a list, a number or an enum, which is wrapped on the wire.</typeparam>
    /// <param name="request">What to ask. It is not changed.</param>
    /// <param name="type">How the type is read, such as <c>AppJson.Default.Recipe</c>. The texts of <see cref="System.ComponentModel.DescriptionAttribute"/> are told to the model.</param>
    /// <param name="options">What differs for these calls. An idempotency key gets a number for each further call.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <remarks>
    /// The schema is sent as <c>response_format</c>. A model that refuses that is asked for any JSON, with the schema in a message. An answer that does not fit is asked
    /// for once more, with what is wrong; each answer is billed, and <see cref="ChatStructuredResponse{T}.Usage"/> holds them all.
    /// </remarks>
    /// <exception cref="ArgumentException">The request is not complete, or sets what the type decides.</exception>
    /// <exception cref="ChatStructuredOutputException">The model answered, but not with such a value: it declined, was stopped, or did not fit twice.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var answer = await client.Chat.CompleteAsync(request, AppJson.Default.Recipe);
    /// Console.WriteLine(answer.Value.Title);
    /// </code></example>
    public virtual Task<ChatStructuredResponse<T>> CompleteAsync<T>(
        ChatCompletionRequest request, JsonTypeInfo<T> type, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        StructuredOutputCall.Check(request);
        CCApiTransport.CheckOptions(options);
        return StructuredOutputCall.RunAsync(this, request, JsonShape<T>.OfAnswer(Require.NotNull(type, nameof(type))), options, cancellationToken);
    }

    /// <summary>Asks one question whose answer is a value of a type.</summary>
    /// <typeparam name="T">The type: a class or a record, and also a list, a number or an enum, which is wrapped on the wire.</typeparam>
    /// <param name="model">The model's id, such as <c>openai/gpt-4o-mini</c>.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="type">How the type is read, such as <c>AppJson.Default.Recipe</c>.</param>
    /// <param name="options">What differs for these calls.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <exception cref="ChatStructuredOutputException">The model answered, but not with such a value: it declined, was stopped, or did not fit twice.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var answer = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "A recipe for pancakes.", AppJson.Default.Recipe);
    /// Console.WriteLine(answer.Value.Title);
    /// </code></example>
    public virtual Task<ChatStructuredResponse<T>> CompleteAsync<T>(
        string model, string prompt, JsonTypeInfo<T> type, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(ChatRequestValidation.FromPrompt(model, prompt), type, options, cancellationToken);
}
