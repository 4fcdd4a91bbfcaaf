using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Reads the response of a plain chat call: the documented JSON, or an event stream or chunks that were not requested, which are
/// assembled.
/// </summary>
internal static class CompletionReader
{
    public static async ValueTask<ChatCompletionResponse> ReadAsync(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response)
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(
                call, response, transport.Options.MaxResponseBytes).ConfigureAwait(false);
            if (EventStreamStart.Matches(body.Written) == true || EventData.IsChunkList(body.Written))
            {
                return await AssembleAsync(transport, call, response, body).ConfigureAwait(false);
            }

            var completion = await ResponseReader.ReadAsync(
                call, response, body, ChatCompletionResponse.ReadFrom).ConfigureAwait(false);
            if (ChatChunks.HasDelta(completion))
            {
                return await AssembleAsync(transport, call, response, body).ConfigureAwait(false);
            }

            completion.Info = ResponseCosts.Info(call, response, completion);

            return completion;
        }
    }

    private static async ValueTask<ChatCompletionResponse> AssembleAsync(
        CCApiTransport transport, ApiCall call, HttpResponseMessage response, PooledBuffer body)
    {
        var chunks = new MemoryStream(body.Written.ToArray(), writable: false);
        var stream = new StreamingChatCompletion(ChatChunkSource.Of(transport, call, response, chunks));
        try
        {
            return await stream.GetResponseAsync(call.Clock.Caller).ConfigureAwait(false);
        }
        catch (CallFailureException exception)
        {
            var partial = await stream.GetResponseAsync(call.Clock.Caller).ConfigureAwait(false);
            throw new CallFailureException(exception.Failure with { Partial = partial });
        }
    }
}
