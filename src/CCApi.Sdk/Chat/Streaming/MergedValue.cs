using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>A value that arrives in pieces: lists grow, objects merge, texts that come in pieces are joined, else the last value counts; null changes nothing.</summary>
internal sealed class MergedValue
{
    // Members of legacy function calls, audio and reasoning, whose texts gateways send in pieces (observed).
    private static readonly string[] _texts = ["arguments", "data", "transcript"];

    private readonly bool _inPieces;
    private readonly bool _isTextInPieces;

    // The value, or the first of its pieces; the others are in one of the two below.
    private JsonElement _value;
    private List<JsonElement>? _more;
    private MergedMembers? _members;

    /// <param name="name">The name of the member.</param>
    /// <param name="inPieces">Whether lists and texts are pieces too; else they come whole, and the last one counts.</param>
    public MergedValue(string name, bool inPieces = true)
    {
        _inPieces = inPieces;
        _isTextInPieces = inPieces && _texts.Contains(name);
    }

    public void Add(JsonElement piece)
    {
        switch (_value.ValueKind, piece.ValueKind)
        {
            case (not JsonValueKind.Undefined, JsonValueKind.Null or JsonValueKind.Undefined):
                break;
            case (JsonValueKind.Object, JsonValueKind.Object):
                (_members ??= MembersOf(_value)).Add(piece);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array) when _inPieces:
            case (JsonValueKind.String, JsonValueKind.String) when _isTextInPieces:
                (_more ??= []).Add(piece);
                break;
            case (JsonValueKind.String, JsonValueKind.String) when piece.ValueEquals(ReadOnlySpan<byte>.Empty):
                break;
            default:
                (_value, _more, _members) = (piece, null, null);
                break;
        }
    }

    /// <summary>What has come so far; undefined when nothing has.</summary>
    public JsonElement ToElement()
    {
        if (_members is not null)
        {
            return Write(writer =>
            {
                writer.WriteStartObject();
                JsonWrite.Unknown(writer, _members.ToMembers());
                writer.WriteEndObject();
            });
        }

        if (_more is null)
        {
            return _value;
        }

        return Write(_value.ValueKind == JsonValueKind.Array ? WriteList : WriteText);
    }

    private MergedMembers MembersOf(JsonElement element)
    {
        var members = new MergedMembers(_inPieces);
        members.Add(element);
        return members;
    }

    private void WriteList(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in _more!.Prepend(_value).SelectMany(list => list.EnumerateArray()))
        {
            JsonWrite.Element(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Joined as they are written: the halves of a character that was cut find together.</summary>
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

    private static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        var reader = new Utf8JsonReader(buffer.Written);
        return JsonElement.ParseValue(ref reader);
    }
}
