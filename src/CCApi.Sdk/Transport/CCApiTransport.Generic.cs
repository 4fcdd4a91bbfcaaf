using System;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

internal sealed partial class CCApiTransport
{
    /// <summary>Sends a request that the SDK does not model.</summary>
    public Task<TResponse> SendAsync<TRequest, TResponse>(
        HttpMethod method,
        string path,
        TRequest? body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CCApiRequestOptions? options,
        CancellationToken cancellationToken)
    {
        Require.NotNull(method, nameof(method));
        Require.NotNull(requestType, nameof(requestType));
        Require.NotNull(responseType, nameof(responseType));
        CheckPath(path);

        var request = new ApiRequest(method, path, ApiRequest.Json, body is null ? null : writer => JsonSerializer.Serialize(writer, body, requestType));
        return SendAsync(request, (call, response) => ReadAsync(call, response, responseType), options, cancellationToken);
    }

    private async ValueTask<TResponse> ReadAsync<TResponse>(ApiCall call, HttpResponseMessage response, JsonTypeInfo<TResponse> type)
    {
        using (response)
        {
            using var body = await ResponseBody.ReadAsync(call, response, Options.MaxResponseBytes).ConfigureAwait(false);
            return ResponseReader.Read(call, response, body.Written, type);
        }
    }

    private void CheckPath(string path)
    {
        Require.Text(path, nameof(path));
        if (!RequestUri.IsBelow(BaseAddress, path))
        {
            throw new ArgumentException($"It must be a path below {BaseAddress}, such as embeddings.", nameof(path));
        }
    }
}
