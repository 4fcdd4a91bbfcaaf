using System;

namespace CCApi.Sdk;

/// <summary>Walks over the documents that the data of one event holds, also those in a list of chunks.</summary>
internal struct EventDocuments
{
    private int _position;
    private int _endOfList;

    /// <summary>Whether nothing of the event was read.</summary>
    public readonly bool IsStart => _position == 0;

    /// <summary>Whether the event is read to its end.</summary>
    public readonly bool IsEnd => _position == int.MaxValue;

    /// <summary>Whether the mark for the end of the stream was among what was skipped.</summary>
    public bool SawEndMark { get; private set; }

    /// <summary>Begins with the data of another event.</summary>
    public void Start() => (_position, _endOfList) = (0, 0);

    /// <summary>Leaves out the rest.</summary>
    public void End() => _position = int.MaxValue;

    /// <summary>Moves to the next document, over heartbeats and end marks; where it begins, or -1 when there is none.</summary>
    public int Next(ReadOnlySpan<byte> data)
    {
        while (_position < data.Length)
        {
            var rest = Skip(data);
            _position = data.Length - rest.Length;

            if (rest.IsEmpty)
            {
                break;
            }

            if (StreamEndMark.LengthIn(rest) is > 0 and var endMark)
            {
                SawEndMark = true;
                _position += endMark;
            }
            else if (EventData.HeartbeatLength(rest) is > 0 and var heartbeat)
            {
                _position += heartbeat;
            }
            else if (EventData.ChunkListLength(rest) is > 0 and var list)
            {
                _endOfList = _position + list;
            }
            else
            {
                return _position;
            }
        }

        End();

        return -1;
    }

    /// <summary>Moves behind the document; whether nothing follows.</summary>
    public bool Take(ReadOnlySpan<byte> data, int length)
    {
        _position += length;

        return _position == data.Length;
    }

    /// <summary>The data from the next document on; inside a list, brackets and commas separate.</summary>
    private readonly ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> data)
    {
        var rest = EventData.SkipSeparators(data.Slice(_position));
        while (data.Length - rest.Length < _endOfList && rest[0] is (byte)'[' or (byte)',' or (byte)']')
        {
            rest = EventData.SkipSeparators(rest.Slice(1));
        }

        return rest;
    }
}
