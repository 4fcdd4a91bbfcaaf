using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Requests a completion of a type: in another form when the form is rejected, a second time when the completion does not match.
/// </summary>
internal static class StructuredOutputCall
{
    private const int MaxResponses = 2;

    public static void Check(ChatCompletionRequest request)
    {
        ChatRequestValidation.Check(request);
        var isPlain = request.Stream != true && request.ResponseFormat is null;
        if (!isPlain || request.N > 1)
        {
            throw new ArgumentException(
                "A completion of a type is a single one, is read when it is complete, and its type decides the format: "
                + "leave Stream, N and ResponseFormat unset.",
                nameof(request));
        }
    }

    /// <exception cref="ArgumentException">The type has no schema.</exception>
    public static Task<ChatStructuredResponse<T>> RunAsync<T>(
        IChatSender sender,
        SupportedFormats formats,
        ChatCompletionRequest request,
        JsonTypeInfo<T> type,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken) =>
        RunAsync(sender, formats, request, JsonShape<T>.Of(type), options, cancellationToken);

    private static async Task<ChatStructuredResponse<T>> RunAsync<T>(
        IChatSender sender,
        SupportedFormats formats,
        ChatCompletionRequest request,
        JsonShape<T> shape,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        var first = formats.Get(request, shape.Name);
        var format = first;
        var isOfSchema = false;
        var check = new StructuredOutputCheck<T>(shape, cancellationToken);
        var responses = new List<ChatCompletionResponse>();
        var corrections = new List<ChatMessage>();

        for (var call = 0; ; call++)
        {
            var sent = StructuredOutputRequest.Create(
                request, shape.Name, shape.Schema, shape.IsStrict, format, corrections);
            sent.Check = check;

            try
            {
                responses.Add(await sender.CompleteAsync(
                    sent, options?.ForCall(call), cancellationToken).ConfigureAwait(false));
            }
            catch (CCApiException exception) when (format != StructuredOutputFormat.Text && SchemaRejection.IsOne(exception))
            {
                isOfSchema |= SchemaRejection.IsOfThisSchema(exception);
                format++;
                continue;
            }
            catch (CCApiException exception) when (responses.Count > 0)
            {
                throw StructuredOutputFailures.RetryFailed(shape.Name, responses, exception);
            }

            if (format != first)
            {
                formats.Set(request, isOfSchema ? shape.Name : null, format);
            }

            var response = responses[responses.Count - 1];
            StructuredOutputFailures.ThrowIfStopped(shape.Name, responses);
            if (check.TryRead(response, out var value, out var problem))
            {
                return new ChatStructuredResponse<T>(value, responses);
            }

            StructuredOutputFailures.ThrowIfFinal(
                shape.Name, responses, problem, isLast: responses.Count == MaxResponses);

            var received = response.Message ?? ChatMessage.Assistant(string.Empty);
            corrections.Add(AssistantTurn.Create(received, new ToolCallIds([])).Message);
            corrections.Add(StructuredOutputRequest.Correction(problem));
        }
    }
}
