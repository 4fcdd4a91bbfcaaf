using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace CCApi.Sdk.Json;

/// <summary>
/// The members of an object that the contract does not have, kept as the bytes that were received. They become a dictionary when
/// somebody uses them as one: most callers never do, and a dictionary of parsed elements takes many times the bytes.
/// </summary>
internal sealed class UnknownMembers : IDictionary<string, JsonElement>
{
    private const int LongValue = 4096;

    // One JSON object; null once the dictionary exists.
    private byte[]? _json;
    private int _length;

    // The values that are too long to be kept twice, as bytes and as an element; among the bytes, null is in their place.
    private Dictionary<string, JsonElement>? _long;
    private Dictionary<string, JsonElement>? _members;

    public ICollection<string> Keys => Members.Keys;

    public ICollection<JsonElement> Values => Members.Values;

    public int Count => Members.Count;

    public bool IsReadOnly => false;

    private Dictionary<string, JsonElement> Members => Volatile.Read(ref _members) ?? Parse();

    public JsonElement this[string key]
    {
        get => Members[key];
        set => Members[key] = value;
    }

    /// <summary>Adds the value that the reader is on. Called only while the object is read, before others can use it.</summary>
    /// <param name="name">The name, as it is escaped in JSON.</param>
    /// <param name="reader">The reader, on the first token of the value; afterwards on its last one.</param>
    public void Add(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        _long?.Remove(JsonText.Decode(name));
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            Append(name, JsonText.Raw(ref reader), isText: reader.TokenType == JsonTokenType.String);
            return;
        }

        var element = JsonElement.ParseValue(ref reader);
        var value = JsonMarshal.GetRawUtf8Value(element);
        if (value.Length > LongValue)
        {
            _long ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            _long[JsonText.Decode(name)] = element;
            value = "null"u8;
        }

        Append(name, value, isText: false);
    }

    public bool TryGetValue(string key, out JsonElement value)
    {
        if (Volatile.Read(ref _members) is { } members)
        {
            return members.TryGetValue(key, out value);
        }

        if (Volatile.Read(ref _json) is not { } json)
        {
            return Members.TryGetValue(key, out value);
        }

        if (_long is not null && _long.TryGetValue(key, out value))
        {
            return true;
        }

        // A search for one name, as for an error in every response, does not need the others.
        var found = Find(json.AsSpan(0, _length), key);
        value = found.GetValueOrDefault();

        return found is not null;
    }

    /// <summary>The members as one JSON object, as long as nobody used them as a dictionary and no value is long.</summary>
    public bool TryGetJson(out ReadOnlySpan<byte> json)
    {
        var bytes = Volatile.Read(ref _json);
        var isAll = bytes is not null && _long is not { Count: > 0 } && Volatile.Read(ref _members) is null;
        json = isAll ? bytes.AsSpan(0, _length) : default;

        return isAll;
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public void Add(string key, JsonElement value) => Members.Add(key, value);

    public bool Remove(string key) => Members.Remove(key);

    public void Clear() => Members.Clear();

    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => Members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, JsonElement>>.Add(KeyValuePair<string, JsonElement> item) =>
        Members.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, JsonElement>>.Contains(KeyValuePair<string, JsonElement> item) =>
        ((ICollection<KeyValuePair<string, JsonElement>>)Members).Contains(item);

    void ICollection<KeyValuePair<string, JsonElement>>.CopyTo(
        KeyValuePair<string, JsonElement>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, JsonElement>>)Members).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, JsonElement>>.Remove(KeyValuePair<string, JsonElement> item) =>
        ((ICollection<KeyValuePair<string, JsonElement>>)Members).Remove(item);

    private void Append(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, bool isText)
    {
        // {"name":value} or, after others, ,"name":value} in place of the brace.
        var size = name.Length + value.Length + (isText ? 7 : 5);
        Reserve(size);

        var target = _json.AsSpan(Math.Max(0, _length - 1));
        var position = 0;
        Put(target, ref position, (byte)(_length == 0 ? '{' : ','));
        Quoted(name, target, ref position);
        Put(target, ref position, (byte)':');

        if (isText)
        {
            Quoted(value, target, ref position);
        }
        else
        {
            value.CopyTo(target.Slice(position));
            position += value.Length;
        }

        Put(target, ref position, (byte)'}');
        _length = Math.Max(0, _length - 1) + position;
    }

    private void Reserve(int size)
    {
        if (_json is null)
        {
            _json = new byte[size];
        }
        else if (_json.Length - _length < size)
        {
            Array.Resize(ref _json, Math.Max(_length + size, (int)Math.Min(2L * _length, int.MaxValue / 2)));
        }
    }

    private static void Put(Span<byte> target, ref int position, byte value) => target[position++] = value;

    private static void Quoted(scoped ReadOnlySpan<byte> text, Span<byte> target, ref int position)
    {
        Put(target, ref position, (byte)'"');
        text.CopyTo(target.Slice(position));
        position += text.Length;
        Put(target, ref position, (byte)'"');
    }

    private static JsonElement? Find(ReadOnlySpan<byte> json, string key)
    {
        JsonElement? found = null;
        ReadOnlySpan<byte> name = Encoding.UTF8.GetBytes(key);
        var reader = JsonRead.Of(json);

        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFound = JsonRead.MemberName(ref reader).SequenceEqual(name);
            reader.Read();
            if (isFound)
            {
                found = JsonElement.ParseValue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private Dictionary<string, JsonElement> Parse()
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (Volatile.Read(ref _json) is { } json)
        {
            // One document for all values. Its member names throw on truncated surrogate pairs, so a second reader reads the names.
            var names = JsonRead.Of(json.AsSpan(0, _length));
            var values = JsonRead.Of(json.AsSpan(0, _length));
            names.Read();

            foreach (var member in JsonElement.ParseValue(ref values).EnumerateObject())
            {
                names.Read();
                var name = JsonRead.PropertyName(ref names);
                names.Read();
                names.Skip();
                members[name] = _long is not null && _long.TryGetValue(name, out var value) ? value : member.Value;
            }
        }

        var first = Interlocked.CompareExchange(ref _members, members, null) ?? members;
        Volatile.Write(ref _json, null);

        return first;
    }
}
