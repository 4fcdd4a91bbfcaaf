using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// A list that arrives in pieces: it grows, and items with an <c>index</c> that was used before are pieces of one item, as the
/// reasoning details of some providers are (observed). Items of another type, id or address are other items; those that arrived
/// together stay apart.
/// </summary>
internal sealed class MergedList
{
    private readonly MergeMode _mode;
    private readonly int _depth;
    private readonly List<Item> _items = [];
    private readonly Dictionary<(long Index, string? Type), Item> _known = [];

    /// <param name="mode">What values that follow each other mean.</param>
    /// <param name="depth">How many objects and lists the items are inside of.</param>
    public MergedList(MergeMode mode, int depth)
    {
        _mode = mode;
        _depth = depth;
    }

    /// <summary>Adds a piece of the list.</summary>
    public void Add(JsonElement piece)
    {
        var before = _items.Count;
        foreach (var element in piece.EnumerateArray())
        {
            var item = new Item(element);
            if (item.Index is not { } index)
            {
                AddWithoutIndex(item, before);
                continue;
            }

            var known = Find(index, item);
            if (known is not null && known.Place < before)
            {
                known.Merge(item, _mode, _depth);
                continue;
            }

            item.Place = _items.Count;
            _items.Add(item);
            _known[(index, item.Type)] = item;
            _known[(index, null)] = item;
        }
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in _items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    /// <summary>The first of a piece may continue the last item, as a part of a text does; all others are items of their own.</summary>
    private void AddWithoutIndex(Item item, int before)
    {
        var isFirst = before > 0 && _items.Count == before;
        if (isFirst && _items[before - 1].IsContinuedBy(item))
        {
            _items[before - 1].Merge(item, _mode, _depth);
            return;
        }

        _items.Add(item);
    }

    private Item? Find(long index, Item item)
    {
        if (!_known.TryGetValue((index, item.Type), out var known) && !_known.TryGetValue((index, null), out known))
        {
            return null;
        }

        return known.IsSame(item) ? known : null;
    }

    private sealed class Item
    {
        private readonly JsonElement _first;
        private MergedMembers? _merged;
        private readonly bool _isReasoning;
        private string? _id;
        private string? _url;
        private bool _isSigned;

        public Item(JsonElement element)
        {
            _first = element;
            if (element.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            var isNumber = long.TryParse(Text(element, "index"u8), NumberStyles.Integer, CultureInfo.InvariantCulture, out var index);
            Index = isNumber ? index : null;
            Type = Text(element, "type"u8);
            _isReasoning = Type is "thinking" or "reasoning.text" or "reasoning.summary";
            if (Index is null && !_isReasoning)
            {
                return;
            }

            _isSigned = Text(element, "signature"u8) is not null;
            _id = Text(element, "id"u8);
            _url = Text(element, "url"u8);

            if (_url is null && JsonMember.Find(element, "image_url"u8) is { } image)
            {
                _url = Text(image, "url"u8);
            }
        }

        public long? Index { get; }

        public string? Type { get; private set; }

        public int Place { get; set; }

        public bool IsSame(Item next) =>
            MayBeSame(Type, next.Type)
            && MayBeSame(_id, next._id)
            && MayBeSame(_url, next._url);

        /// <summary>
        /// Whether a fragment without an index continues this one: it has the same id, or is a block of thinking, which ends with
        /// its signature (observed).
        /// </summary>
        public bool IsContinuedBy(Item next)
        {
            var isOpen = Index is null && _isReasoning && !_isSigned;
            var hasSameId = _id is not null && _id == next._id;
            var isFragment = hasSameId || Type == "thinking";

            return isOpen && isFragment && Type == next.Type && IsSame(next);
        }

        public void Merge(Item next, MergeMode mode, int depth)
        {
            if (_merged is null)
            {
                _merged = new MergedMembers(mode, depth);
                _merged.Add(_first);
            }

            _merged.Add(next._first);
            Type ??= next.Type;
            _id ??= next._id;
            _url ??= next._url;
            _isSigned |= next._isSigned;
        }

        public void WriteTo(Utf8JsonWriter writer)
        {
            if (_merged is null)
            {
                JsonWrite.Element(writer, _first);
            }
            else
            {
                MergedJson.Members(writer, _merged);
            }
        }

        private static bool MayBeSame(string? one, string? other)
        {
            var isUnknown = one is null || other is null;
            return isUnknown || one == other;
        }

        private static string? Text(JsonElement element, ReadOnlySpan<byte> name)
        {
            if (JsonMember.Text(element, name) is { Length: > 0 } text)
            {
                return text;
            }

            return null;
        }
    }
}
