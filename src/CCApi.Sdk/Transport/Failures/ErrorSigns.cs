using System;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>What one JSON object has of the signs by which gateways report an error in a success, found in one pass.</summary>
internal struct ErrorSigns
{
    // What an object with one member may wrap.
    private const int MaxDepth = 2;

    private bool _hasMessage;
    private bool _hasErrorCode;
    private int _count;

    /// <summary>Whether <c>error</c> describes something.</summary>
    public bool HasError { get; private set; }

    /// <summary>Whether <c>success</c> is false, or the status that MiniMax reports in every response is not 0 (observed).</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether it calls itself an error by <c>object</c>.</summary>
    public bool IsErrorObject { get; private set; }

    /// <summary>Whether it calls itself an error by <c>type</c>.</summary>
    public bool IsErrorType { get; private set; }

    /// <summary>Whether <c>errors</c> has any.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether an object in it holds nothing but an error.</summary>
    public bool HasWrapped { get; private set; }

    /// <summary>Whether it has an id or data, as the state of a task has.</summary>
    public bool HasPayload { get; private set; }

    /// <summary>Whether a message has a code that stands for an error.</summary>
    public readonly bool IsCoded => _hasMessage && _hasErrorCode;

    /// <summary>Whether it is an error, if it is not a result as well.</summary>
    public readonly bool IsError =>
        HasError
        || HasErrors
        || IsErrorType
        || HasWrapped
        || IsCoded;

    /// <summary>Reads an object; what is not an object has no signs.</summary>
    public static ErrorSigns Of(ReadOnlySpan<byte> json) => Of(json, depth: 0);

    /// <summary>Whether a value of <c>error</c> describes something.</summary>
    public static bool SaysSomething(ReadOnlySpan<byte> value)
    {
        switch (value[0])
        {
            case (byte)'{' or (byte)'[':
                return HasValue(value);
            case (byte)'"':
                return value.Length > "\"\"".Length;
            case (byte)'t':
                return true;
            default:
                return IsNumber(value) && !IsZero(value);
        }
    }

    /// <summary>Whether an object or a list has a value other than null, false, 0 and an empty text, at any depth.</summary>
    private static bool HasValue(ReadOnlySpan<byte> json)
    {
        var reader = JsonRead.Of(json);
        while (reader.Read())
        {
            var isValue = reader.TokenType switch
            {
                JsonTokenType.String => reader.ValueSpan.Length > 0,
                JsonTokenType.Number => JsonRead.Double(ref reader) is not 0,
                JsonTokenType.True => true,
                _ => false,
            };

            if (isValue)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value is a number; as <c>error</c>, it is a code.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> value) => value[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');

    private static bool IsZero(ReadOnlySpan<byte> value)
    {
        var reader = JsonRead.Of(value);
        reader.Read();

        return JsonRead.Double(ref reader) is 0;
    }

    private static ErrorSigns Of(ReadOnlySpan<byte> json, int depth)
    {
        var signs = default(ErrorSigns);
        var reader = JsonRead.Of(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return signs;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            reader.Read();
            var (start, type) = ((int)reader.TokenStartIndex, reader.TokenType);

            reader.Skip();
            signs._count++;
            if (type != JsonTokenType.Null)
            {
                signs.Add(name, json.Slice(start, (int)reader.BytesConsumed - start), depth);
            }
        }

        return signs;
    }

    private void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int depth)
    {
        switch (name.Length)
        {
            case 2:
                HasPayload |= AsciiText.EqualsIgnoreCase(name, "id"u8);
                break;
            case 3:
                _hasMessage |= AsciiText.EqualsIgnoreCase(name, "msg"u8);
                break;
            case 4:
                AddShort(name, value, depth);
                break;
            case 5:
                HasError |= AsciiText.EqualsIgnoreCase(name, "error"u8) && SaysSomething(value);
                break;
            case 6:
                AddSix(name, value, depth);
                break;
            case 7:
                _hasMessage |= AsciiText.EqualsIgnoreCase(name, "message"u8);
                HasFailed |= AsciiText.EqualsIgnoreCase(name, "success"u8) && IsFalse(value);
                AddWrapped(name, "choices"u8, value, depth);
                break;
            case 8:
                AddWrapped(name, "response"u8, value, depth);
                break;
            case 9:
                _hasMessage |= AsciiText.EqualsIgnoreCase(name, "error_msg"u8);
                HasFailed |= AsciiText.EqualsIgnoreCase(name, "base_resp"u8) && IsFailedStatus(value);
                break;
            case 10:
                AddCode(name, "error_code"u8, value);
                break;
            case 11:
                AddCode(name, "status_code"u8, value);
                break;
        }
    }

    private void AddShort(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int depth)
    {
        AddCode(name, "code"u8, value);
        IsErrorType |= AsciiText.EqualsIgnoreCase(name, "type"u8) && IsErrorWord(value);
        AddWrapped(name, "data"u8, value, depth);
    }

    private void AddSix(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int depth)
    {
        _hasErrorCode |= AsciiText.EqualsIgnoreCase(name, "status"u8) && IsErrorStatus(TextOf(value));
        HasErrors |= AsciiText.EqualsIgnoreCase(name, "errors"u8) && SaysSomething(value);
        IsErrorObject |= AsciiText.EqualsIgnoreCase(name, "object"u8) && IsErrorWord(value);
        AddWrapped(name, "result"u8, value, depth);
        AddWrapped(name, "output"u8, value, depth);
    }

    private void AddCode(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, ReadOnlySpan<byte> value)
    {
        if (!AsciiText.EqualsIgnoreCase(name, known) || value[0] is (byte)'{' or (byte)'[')
        {
            return;
        }

        var code = TextOf(value);
        _hasErrorCode |= IsErrorStatus(code) || ErrorStatus.OfWord(code) is not null;
    }

    private void AddWrapped(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, ReadOnlySpan<byte> value, int depth)
    {
        if (!AsciiText.EqualsIgnoreCase(name, known))
        {
            return;
        }

        var isReadable = value[0] == (byte)'{' && depth < MaxDepth;
        var isWrapped = isReadable && IsWrappedError(Of(value, depth + 1));
        HasWrapped |= isWrapped;
        HasPayload |= !isWrapped && AsciiText.EqualsIgnoreCase(known, "data"u8);
    }

    private static bool IsWrappedError(in ErrorSigns inner) => inner._count == 1 && (inner.HasError || inner.HasWrapped);

    private static bool IsFalse(ReadOnlySpan<byte> value) =>
        value[0] == (byte)'f' || string.Equals(TextOf(value), "false", StringComparison.OrdinalIgnoreCase);

    private static bool IsErrorWord(ReadOnlySpan<byte> value) =>
        string.Equals(TextOf(value), "error", StringComparison.OrdinalIgnoreCase);

    private static bool IsErrorStatus(string? text) => ErrorBody.StatusOf(text) is not null;

    private static bool IsFailedStatus(ReadOnlySpan<byte> value)
    {
        if (value[0] != (byte)'{')
        {
            return false;
        }

        var reader = JsonRead.Of(value);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStatus = AsciiText.EqualsIgnoreCase(JsonRead.MemberName(ref reader), "status_code"u8);
            reader.Read();
            if (isStatus && JsonRead.Text(ref reader) is { } code)
            {
                return code != "0";
            }

            reader.Skip();
        }

        return false;
    }

    private static string? TextOf(ReadOnlySpan<byte> value)
    {
        var reader = JsonRead.Of(value);
        reader.Read();

        return JsonRead.Text(ref reader);
    }
}
