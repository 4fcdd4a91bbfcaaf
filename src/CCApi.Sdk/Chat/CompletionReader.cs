using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Reads the answer of a plain chat call: the documented JSON, or an event stream that nobody asked for, which is put together.</summary>
internal static class CompletionReader
{
    public static async ValueTask<ChatCompletionResponse> ReadAsync(CCApiTransport transport, ApiCall call, HttpResponseMessage response)
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(call, response, transport.Options.MaxResponseBytes).ConfigureAwait(false);
            if (EventStreamStart.Matches(body.Written) == true)
            {
                var chunks = ChatChunkSource.Of(transport, call, response, new MemoryStream(body.Written.ToArray(), writable: false));
                return await new StreamingChatCompletion(chunks).GetResponseAsync(call.Budget.Caller).ConfigureAwait(false);
            }

            var answer = ResponseReader.Read(call, response, body.Written, ChatCompletionResponse.ReadFrom);
            answer.Info = call.Info(response);
            return answer;
        }
    }
}
