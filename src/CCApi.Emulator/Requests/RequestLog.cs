using System.Collections.Generic;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>
/// Keeps the requests that were received last: at most <see cref="MaxRequests"/>, with at most <see cref="MaxBodyBytes"/> of bodies.
/// Thread-safe.
/// </summary>
internal sealed class RequestLog
{
    public const int MaxRequests = 4096;

    public const long MaxBodyBytes = 64L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<ReceivedRequest> _requests = new();
    private long _bodyBytes;
    private long _received;

    /// <summary>The number of requests that were received, including those that have been dropped.</summary>
    public long Total
    {
        get
        {
            lock (_gate)
            {
                return _received;
            }
        }
    }

    /// <summary>Copies the requests that are kept, oldest first.</summary>
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
            _received++;
            _requests.Enqueue(request);
            _bodyBytes += request.Body.Length;

            // The last request is kept, however long its body is.
            while (_requests.Count > MaxRequests || (_bodyBytes > MaxBodyBytes && _requests.Count > 1))
            {
                _bodyBytes -= _requests.Dequeue().Body.Length;
            }
        }
    }

    /// <summary>Removes the requests that are kept; <see cref="Total"/> still counts them.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _bodyBytes = 0;
        }
    }
}
