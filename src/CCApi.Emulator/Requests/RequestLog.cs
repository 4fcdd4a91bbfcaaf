using System.Collections.Generic;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>Keeps the last requests: at most so many, and at most so many bytes of bodies. Thread-safe.</summary>
internal sealed class RequestLog
{
    public const int MaxRequests = 4096;

    public const long MaxBodyBytes = 64L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<ReceivedRequest> _requests = new();
    private long _bodyBytes;
    private long _total;

    /// <summary>How many requests there were, also those that are not kept any more.</summary>
    public long Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    public void Add(ReceivedRequest request)
    {
        lock (_gate)
        {
            _total++;
            _requests.Enqueue(request);
            _bodyBytes += request.Body.Length;

            while (_requests.Count > MaxRequests || (_bodyBytes > MaxBodyBytes && _requests.Count > 1))
            {
                _bodyBytes -= _requests.Dequeue().Body.Length;
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _bodyBytes = 0;
        }
    }
}
