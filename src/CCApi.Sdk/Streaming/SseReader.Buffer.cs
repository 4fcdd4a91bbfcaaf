using System;
using System.Buffers;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <content>The lines, and the memory that they are read into.</content>
internal sealed partial class SseReader
{
    private bool TryReadLine(out int start, out int length)
    {
        if (_skipLineFeed && _next < _end)
        {
            _skipLineFeed = false;
            if (_buffer[_next] == (byte)'\n')
            {
                _next++;
                _scanned = Math.Max(_scanned, _next);
            }
        }

        start = _next;
        var end = _buffer.AsSpan(_scanned, _end - _scanned).IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            _scanned = _end;
            length = _end - _next;
            if (length > _maxLineBytes)
            {
                throw TooLong();
            }

            if (!_isEnded || length == 0)
            {
                return false;
            }

            _next = _scanned = _end;
            _isCut = true;

            return true;
        }

        var lineEnd = _scanned + end;
        length = lineEnd - _next;
        if (length > _maxLineBytes)
        {
            throw TooLong();
        }

        _skipLineFeed = _buffer[lineEnd] == (byte)'\r';
        _next = _scanned = lineEnd + 1;

        return true;
    }

    private ValueTask<int> ReadAsync(Memory<byte> memory, CancellationToken cancellationToken)
    {
        if (_wait is null)
        {
            return _stream.ReadSomeAsync(memory, cancellationToken);
        }

        return _wait.WaitAsync(_stream.ReadSomeAsync(memory, cancellationToken));
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        _observer?.OnReading();

        int read;
        try
        {
            read = await ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        }
        catch (TokenIgnoredException)
        {
            // The read may still write into the buffer, which nothing else may use then.
            _buffer = [];
            _next = _scanned = _end = _dataLength = 0;
            _dataStart = -1;
            throw;
        }

        _observer?.OnRead(read);
        _isEnded = read == 0;
        _end += read;
    }

    /// <summary>Keeps what is still needed: the data of the event being read, and the line that is not complete.</summary>
    private void MakeRoom()
    {
        if (_end == _buffer.Length && _dataStart >= 0 && _next - _dataStart > _buffer.Length / 2)
        {
            // Comments may follow the data for as long as the event is open; they need no memory.
            Join();
        }

        var keep = _dataStart >= 0 ? _dataStart : _next;
        if (keep == _end && _buffer.Length > MostKept)
        {
            Replace(FirstSize, keep);
        }
        else if (_end - keep <= _buffer.Length / 2)
        {
            Move(_buffer, keep);
        }
        else if (_end == _buffer.Length)
        {
            Replace((int)Math.Min(2L * _buffer.Length, 0x7FFFFFC7), keep);
        }
    }

    private void Replace(int size, int keep)
    {
        var old = _buffer;
        Move(ArrayPool<byte>.Shared.Rent(size), keep);
        ArrayPool<byte>.Shared.Return(old);
    }

    private void Move(byte[] target, int keep)
    {
        Buffer.BlockCopy(_buffer, keep, target, 0, _end - keep);
        _buffer = target;
        _next -= keep;
        _scanned -= keep;
        _end -= keep;

        if (_dataStart >= 0)
        {
            _dataStart -= keep;
        }
    }

    private CCApiStreamException TooLong() => new(FormattableString.Invariant(
        $"The stream has a line or an event of more than {_maxLineBytes} bytes. Raise CCApiClientOptions.MaxLineBytes if that is right."));
}
