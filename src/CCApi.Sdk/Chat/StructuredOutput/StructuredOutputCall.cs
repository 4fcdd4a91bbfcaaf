using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Asks for an answer of a type: another way when the form is refused, a second time when the answer does not fit.</summary>
internal static class StructuredOutputCall
{
    private const int MaxAnswers = 2;

    public static void Check(ChatCompletionRequest request)
    {
        ChatRequestValidation.Check(request);
        if (request.Stream == true || request.N > 1 || request.ResponseFormat is not null)
        {
            throw new ArgumentException("An answer of a type is one, and is read as a whole, and its type tells the form: leave Stream, N and ResponseFormat unset.", nameof(request));
        }
    }

    public static async Task<ChatStructuredResponse<T>> RunAsync<T>(
        ChatClient client, ChatCompletionRequest request, JsonShape<T> shape, CCApiRequestOptions? options, CancellationToken cancellationToken)
    {
        var format = StructuredOutputFormat.Schema;
        var responses = new List<ChatCompletionResponse>();
        var complaints = new List<ChatMessage>();
        for (var call = 0; ; call++)
        {
            var sent = StructuredOutputRequest.Make(request, shape.Name, shape.Schema, shape.IsStrict, format, complaints);
            try
            {
                responses.Add(await client.CompleteAsync(sent, options?.ForCall(call), cancellationToken).ConfigureAwait(false));
            }
            catch (CCApiException exception) when (format != StructuredOutputFormat.Text && SchemaRejection.IsOne(exception))
            {
                format++;
                continue;
            }
            catch (CCApiException exception) when (responses.Count > 0)
            {
                throw StructuredOutputFailures.AskingAgainFailed(shape.Name, responses, exception);
            }

            var response = responses[responses.Count - 1];
            StructuredOutputFailures.ThrowIfStopped(shape.Name, responses);
            if (StructuredOutputReader.TryRead(response.Text, shape, out var value, out var problem))
            {
                return new ChatStructuredResponse<T>(value, responses);
            }

            StructuredOutputFailures.ThrowIfFinal(shape.Name, responses, problem, isLast: responses.Count == MaxAnswers);
            complaints.Add(AssistantTurn.Create(response.Message ?? ChatMessage.Assistant(string.Empty), new ToolCallIds([])).Message);
            complaints.Add(StructuredOutputRequest.Complaint(problem));
        }
    }
}
