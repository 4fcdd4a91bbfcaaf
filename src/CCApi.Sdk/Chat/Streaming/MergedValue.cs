using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>
/// A value that arrives in pieces: lists grow, objects merge, texts in pieces are joined, else the last value counts; null
/// changes nothing.
/// </summary>
internal sealed class MergedValue
{
    // Each level of merged objects copies what is inside of it.
    private const int MaxDepth = 16;

    private readonly string _name;
    private readonly MergeMode _mode;
    private readonly int _depth;

    // The value, or the first of its pieces; the others are in one of the two below.
    private JsonElement _value;
    private List<JsonElement>? _more;
    private MergedMembers? _members;
    private bool _isJoined;

    /// <param name="name">The name of the member.</param>
    /// <param name="mode">What values that follow each other mean.</param>
    /// <param name="depth">How many objects the member is inside of.</param>
    public MergedValue(string name, MergeMode mode = MergeMode.Texts, int depth = 0)
    {
        _name = name;
        _mode = mode;
        _depth = depth;
    }

    public void Add(JsonElement piece)
    {
        switch (_value.ValueKind, piece.ValueKind)
        {
            case (not JsonValueKind.Undefined, JsonValueKind.Null or JsonValueKind.Undefined):
                break;
            case (JsonValueKind.Object, JsonValueKind.Object) when _depth < MaxDepth:
                (_members ??= MembersOf(_value)).Add(piece);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array) when _mode != MergeMode.Complete:
            case (JsonValueKind.String, JsonValueKind.String) when TextMembers.IsInPieces(_name, _mode):
                (_more ??= []).Add(piece);
                break;
            case (JsonValueKind.String, JsonValueKind.String) when piece.ValueEquals(ReadOnlySpan<byte>.Empty):
                break;
            default:
                (_value, _more, _members, _isJoined) = (piece, null, null, false);
                break;
        }
    }

    /// <summary>What has arrived so far; undefined when nothing has.</summary>
    public JsonElement ToElement()
    {
        if (_members is not null)
        {
            return MergedJson.Write(writer => MergedJson.Members(writer, _members));
        }

        if (_more is not { Count: > 0 })
        {
            return _value;
        }

        if (_value.ValueKind == JsonValueKind.Array)
        {
            return MergedJson.Write(WriteList);
        }

        if (IsOneTextRepeated())
        {
            return _value;
        }

        // Joined once: what is read after each piece does not join them all again.
        _value = MergedJson.Write(WriteText);
        (_more, _isJoined) = ([], true);

        return _value;
    }

    private MergedMembers MembersOf(JsonElement element)
    {
        var members = new MergedMembers(_mode, _depth + 1);
        members.Add(element);

        return members;
    }

    /// <summary>Whether a text that need not be one in pieces was always the same.</summary>
    private bool IsOneTextRepeated()
    {
        if (_isJoined || TextMembers.IsKnown(_name))
        {
            return false;
        }

        foreach (var piece in _more!)
        {
            if (!JsonMarshal.GetRawUtf8Value(piece).SequenceEqual(JsonMarshal.GetRawUtf8Value(_value)))
            {
                return false;
            }
        }

        return true;
    }

    private void WriteList(Utf8JsonWriter writer)
    {
        var list = new MergedList(_mode, _depth + 1);
        foreach (var piece in _more!.Prepend(_value))
        {
            list.Add(piece);
        }

        list.WriteTo(writer);
    }

    /// <summary>Joined as they are written: the halves of a character that was cut meet again.</summary>
    private void WriteText(Utf8JsonWriter writer)
    {
        using var joined = new PooledBuffer();
        Append(joined, "\""u8);

        foreach (var text in _more!.Prepend(_value))
        {
            var raw = JsonMarshal.GetRawUtf8Value(text);
            Append(joined, raw.Slice(1, raw.Length - 2));
        }

        Append(joined, "\""u8);
        writer.WriteRawValue(joined.Written, skipInputValidation: true);
    }

    private static void Append(PooledBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }
}
