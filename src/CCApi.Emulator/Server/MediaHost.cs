using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Serves files without asking for a key, as a storage host does, and remembers what came with each request.</summary>
internal sealed class MediaHost
{
    private const int MostRequests = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<EmulatorMediaRequest> _requests = new();
    private readonly MediaStore _store;
    private readonly ResponseSender _sender;
    private readonly TimeProvider _time;

    public MediaHost(MediaStore store, ResponseSender sender, TimeProvider time) =>
        (_store, _sender, _time) = (store, sender, time);

    public IReadOnlyList<EmulatorMediaRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public Task<string> HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        var isOfStore = path.StartsWith(MediaStore.PathPrefix, StringComparison.Ordinal);
        var response = _store.Get(isOfStore ? path[MediaStore.PathPrefix.Length..] : string.Empty);
        Remember(new EmulatorMediaRequest(
            _time.GetUtcNow(),
            context.Request.Method,
            path,
            response.Status,
            HeaderSnapshot.Of(context.Request)));

        return _sender.SendAsync(context, response);
    }

    private void Remember(EmulatorMediaRequest request)
    {
        lock (_gate)
        {
            if (_requests.Count >= MostRequests)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);
        }
    }
}
