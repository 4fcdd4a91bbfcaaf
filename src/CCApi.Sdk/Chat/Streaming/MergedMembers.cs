using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Merges members that the contract does not know. Pieces are only collected until the result is read: joining at each of
/// thousands would take the square of the time.
/// </summary>
internal sealed class MergedMembers
{
    private readonly MergeMode _mode;
    private readonly int _depth;
    private Dictionary<string, MergedValue>? _values;

    /// <param name="mode">What values that follow each other mean.</param>
    /// <param name="depth">How many objects these members are inside of.</param>
    public MergedMembers(MergeMode mode = MergeMode.Texts, int depth = 0)
    {
        _mode = mode;
        _depth = depth;
    }

    /// <summary>Adds the members of a piece to what is only created when there are any.</summary>
    public static void Add(ref MergedMembers? merged, IDictionary<string, JsonElement>? piece, MergeMode mode)
    {
        if (piece is not null)
        {
            (merged ??= new MergedMembers(mode)).Add(piece);
        }
    }

    /// <summary>Adds the members of a piece, which is not changed.</summary>
    public void Add(IDictionary<string, JsonElement>? piece)
    {
        if (piece is null)
        {
            return;
        }

        foreach (var member in piece)
        {
            Add(member.Key, member.Value);
        }
    }

    /// <summary>The same by a reader: the platform's enumeration throws on names that are not valid text.</summary>
    public void Add(JsonElement piece)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(piece));
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.PropertyName(ref reader);
            Add(name, JsonElement.ParseValue(ref reader));
        }
    }

    /// <summary>What has arrived so far; null when nothing has.</summary>
    public IDictionary<string, JsonElement>? ToMembers()
    {
        if (_values is null)
        {
            return null;
        }

        var members = new Dictionary<string, JsonElement>(_values.Count, StringComparer.Ordinal);

        foreach (var value in _values)
        {
            members[value.Key] = value.Value.ToElement();
        }

        return members;
    }

    private void Add(string name, JsonElement value)
    {
        _values ??= new Dictionary<string, MergedValue>(StringComparer.Ordinal);
        if (!_values.TryGetValue(name, out var merged))
        {
            _values[name] = merged = new MergedValue(name, _mode, _depth);
        }

        merged.Add(value);
    }
}
