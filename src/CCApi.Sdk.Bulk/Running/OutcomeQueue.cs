using System.Collections.Generic;
using System.Threading.Channels;

namespace CCApi.Sdk.Bulk;

/// <summary>Outcomes on their way to the caller, in the order of the items where that is demanded. Thread-safe.</summary>
internal sealed class OutcomeQueue(bool inOrder)
{
    private readonly Channel<BulkOutcome> _channel =
        Channel.CreateUnbounded<BulkOutcome>(new UnboundedChannelOptions { SingleReader = true });
    private readonly object _gate = new();
    private readonly Dictionary<long, BulkOutcome> _early = [];
    private long _next;

    public ChannelReader<BulkOutcome> Reader => _channel.Reader;

    public void Add(long index, BulkOutcome outcome)
    {
        if (!inOrder)
        {
            _channel.Writer.TryWrite(outcome);
            return;
        }

        lock (_gate)
        {
            _early.Add(index, outcome);
            while (_early.Remove(_next, out var ready))
            {
                _channel.Writer.TryWrite(ready);
                _next++;
            }
        }
    }

    /// <summary>Ends the queue. Outcomes that wait for that of an earlier item, which was never sent, are returned first.</summary>
    public void Complete(System.Exception? error)
    {
        lock (_gate)
        {
            var rest = new List<long>(_early.Keys);
            rest.Sort();
            foreach (var index in rest)
            {
                _channel.Writer.TryWrite(_early[index]);
            }

            _early.Clear();
        }

        _channel.Writer.TryComplete(error);
    }
}
