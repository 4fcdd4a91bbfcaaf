using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.CostApp;

/// <summary>A body that is created while it is read, so that it takes no memory itself: a start, one item over and over, and an end.</summary>
internal sealed class RepeatedStream : Stream
{
    private const int ReadSize = 32 * 1024;
    private const string Number = "########";

    private readonly byte[] _start;
    private readonly byte[] _item;
    private readonly byte[] _end;
    private readonly int _number;
    private readonly long _items;
    private readonly Action<double> _onRead;
    private long _position;

    /// <param name="start">The first bytes.</param>
    /// <param name="item">What is repeated; eight <c>#</c> in it become the number of the item.</param>
    /// <param name="end">The last bytes.</param>
    /// <param name="size">About how many bytes.</param>
    /// <param name="onRead">Gets the part that was read; 1 only when the end was read, too.</param>
    public RepeatedStream(string start, string item, string end, long size, Action<double> onRead)
    {
        (_start, _item, _end) = (Encoding.UTF8.GetBytes(start), Encoding.UTF8.GetBytes(item), Encoding.UTF8.GetBytes(end));
        _number = item.IndexOf(Number, StringComparison.Ordinal);
        _items = Math.Max(1, size / _item.Length);
        _onRead = onRead;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _start.Length + (_items * _item.Length) + _end.Length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..Math.Min(buffer.Length, ReadSize)];
        var count = 0;
        while (count < buffer.Length && _position < Length)
        {
            var part = PartAt(_position);
            var length = Math.Min(part.Length, buffer.Length - count);
            part[..length].CopyTo(buffer[count..]);
            count += length;
            _position += length;
        }

        _onRead(count == 0 ? 1 : Math.Min((double)_position / Length, 0.99));
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ReadOnlySpan<byte> PartAt(long position)
    {
        if (position < _start.Length)
        {
            return _start.AsSpan((int)position);
        }

        var (item, offset) = Math.DivRem(position - _start.Length, _item.Length);
        if (item >= _items)
        {
            return _end.AsSpan((int)(position - _start.Length - (_items * _item.Length)));
        }

        if (_number >= 0 && offset == 0)
        {
            item.TryFormat(_item.AsSpan(_number, Number.Length), out _, "D8", System.Globalization.CultureInfo.InvariantCulture);
        }

        return _item.AsSpan((int)offset);
    }
}
