using System;

namespace CCApi.Sdk;

/// <content>What each kind of line does to the event being read.</content>
internal sealed partial class SseReader
{
    /// <summary>Takes a line; true when it completes an event.</summary>
    private bool TakeLine(int start, int length)
    {
        var markLength = SseLine.MarkLength(_buffer.AsSpan(start, length));
        if (markLength > 0)
        {
            (start, length) = (start + markLength, length - markLength);
        }

        var line = _buffer.AsSpan(start, length);
        if (line.IsEmpty)
        {
            return EndOfEvent();
        }

        var kind = SseLine.Classify(line, out var valueStart);
        if (_bareEnd != 0)
        {
            return TakeRestOfJson(kind, start, line);
        }

        var value = line.Slice(valueStart);
        switch (kind)
        {
            case SseLineKind.Comment:
                return false;
            case SseLineKind.Data:
                if (BeginsDocument(value))
                {
                    return EndBefore(start);
                }

                BeginFields();
                AddData(start + valueStart, value);
                return false;
            case SseLineKind.Event:
                TakeEventName(value);
                return false;
            case SseLineKind.Field:
                BeginFields();
                return false;
            case SseLineKind.Error:
                TakeError(start + valueStart, value);
                return false;
            case SseLineKind.Json:
                return TakeBareJson(start + valueStart, length - valueStart);
            case SseLineKind.Word:
                TakeWord(start, line);
                return false;
            case SseLineKind.Unknown:
                TakeUnknown(line);
                return false;
            case SseLineKind.Text:
            default:
                return TakeText(start, line);
        }
    }

    /// <summary>
    /// Whether the data of the event is complete and the line begins another document, as between events without a blank line: no
    /// JSON has a closing brace before an opening bracket. What follows an end mark stays with it.
    /// </summary>
    private bool BeginsDocument(ReadOnlySpan<byte> value)
    {
        var data = Data;
        if (data.IsEmpty || value.IsEmpty)
        {
            return false;
        }

        var isComplete = data[0] == (byte)'{' && data[data.Length - 1] == (byte)'}';
        return isComplete && value[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>Begins the fields of the event: a word before them was a field without a value.</summary>
    private void BeginFields()
    {
        if (_isWord)
        {
            _isWord = false;
            DropData();
        }

        _hasField = _isStream = true;
    }

    private void TakeEventName(ReadOnlySpan<byte> name)
    {
        BeginFields();
        IsError = _hasErrorField || AsciiText.EqualsIgnoreCase(name, "error"u8);
        IsHeartbeat = !IsError && Heartbeat.IsLine(name);
    }

    /// <summary>A field named <c>error</c> is data, and makes the event an error whatever its name is.</summary>
    private void TakeError(int start, ReadOnlySpan<byte> value)
    {
        BeginFields();
        (_hasErrorField, IsError, IsHeartbeat) = (true, true, false);
        AddData(start, value);
    }

    /// <summary>A word among fields is a field without a value; one that is alone between blank lines is a text.</summary>
    private void TakeWord(int start, ReadOnlySpan<byte> line)
    {
        var mayBeField = _isCut && SseLine.MayBeCut(line);
        if (_hasField || mayBeField)
        {
            return;
        }

        _isWord = true;
        AddData(start, line);
    }

    /// <summary>A body of nothing but such fields is a text, such as <c>Warning: ...</c>.</summary>
    private void TakeUnknown(ReadOnlySpan<byte> line)
    {
        if (!_isStream)
        {
            _unknown ??= line.Slice(0, Math.Min(line.Length, MostOfUnknown)).ToArray();
        }
    }

    /// <summary>A text is an event of its own; of a page, all that was received belongs to it.</summary>
    private bool TakeText(int start, ReadOnlySpan<byte> line)
    {
        if (!Data.IsEmpty || IsError)
        {
            return EndBefore(start);
        }

        var mayBeField = _isCut && SseLine.MayBeCut(line);
        if (mayBeField)
        {
            return false;
        }

        var isPage = line[0] == (byte)'<' && !Heartbeat.IsLine(line);
        AddData(start, isPage ? _buffer.AsSpan(start, _end - start) : line);

        return EndOfEvent();
    }

    private bool TakeRestOfJson(SseLineKind kind, int start, ReadOnlySpan<byte> line)
    {
        var isField = kind is SseLineKind.Comment or SseLineKind.Data or SseLineKind.Event or SseLineKind.Field;
        if (isField)
        {
            return EndBefore(start);
        }

        AddData(start, line);

        return line[0] == _bareEnd && EndOfEvent();
    }

    /// <summary>
    /// A JSON line without a field name is an event of its own, and so is a document of several lines; an event that is still
    /// open ends before it.
    /// </summary>
    private bool TakeBareJson(int start, int length)
    {
        if (!Data.IsEmpty)
        {
            return EndBefore(start);
        }

        var line = _buffer.AsSpan(start, length);
        AddData(start, line);

        var end = (byte)(line[0] == (byte)'{' ? '}' : ']');
        var last = length - 1;

        while (line[last] is (byte)' ' or (byte)'\t')
        {
            last--;
        }

        if (line[last] == end)
        {
            return EndOfEvent();
        }

        _bareEnd = end;

        return false;
    }
}
