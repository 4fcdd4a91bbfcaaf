using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>A chat model of the gateway as <see cref="IChatClient"/>.</summary>
internal sealed class ChatClientAdapter : IChatClient
{
    private readonly ChatClient _client;
    private readonly RequestWriter _requests;
    private readonly ChatClientMetadata _metadata;

    public ChatClientAdapter(ChatClient client, string model)
    {
        _client = client;
        _requests = new RequestWriter(model);
        _metadata = new ChatClientMetadata(Provider.Name, client.BaseAddress, model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(messages, nameof(messages));
        var request = _requests.Write(this, messages, options);
        var call = CallOptions.Of(options?.AdditionalProperties);
        return ResponseReader.Read(await _client.CompleteAsync(request, call, cancellationToken).ConfigureAwait(false));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(messages, nameof(messages));
        var request = _requests.Write(this, messages, options);
        return StreamAsync(request, CallOptions.Of(options?.AdditionalProperties), cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        AdapterServices.Find(serviceType, serviceKey, this, _metadata, _client);

    /// <summary>Does nothing: the facade belongs to its client.</summary>
    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        Wire.ChatCompletionRequest request, CCApiRequestOptions call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = _client.StreamAsync(request, call, cancellationToken);
        await using (stream.ConfigureAwait(false))
        {
            var updates = new StreamUpdates(stream);
            await foreach (var piece in stream.ReadUpdatesAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var update in updates.Read(piece))
                {
                    yield return update;
                }
            }

            var response = await stream.GetResponseAsync(cancellationToken).ConfigureAwait(false);
            foreach (var update in updates.ReadEnd(response))
            {
                yield return update;
            }
        }
    }
}
