using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Assembles the tool calls of a message, whichever of index, id and name the gateway sends with each piece.</summary>
internal sealed class ToolCallAssembler
{
    private readonly List<ToolCallSlot> _slots = [];
    private readonly List<ToolCallSlot> _lastSlots = [];
    private readonly Dictionary<long, ToolCallSlot> _byIndex = [];
    private readonly Dictionary<string, ToolCallSlot> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Index, string Id), ToolCallSlot> _byIndexAndId = [];

    // Those at the end may have got an id since.
    private readonly Stack<ToolCallSlot> _withoutId = new();
    private ToolCallSlot? _lastWithoutIndex;
    private bool _hasList;

    /// <summary>Begins another chunk: <see cref="CallOf"/> is about its pieces only.</summary>
    public void BeginChunk() => _lastSlots.Clear();

    public void Add(IReadOnlyList<ChatToolCall>? pieces)
    {
        _hasList |= pieces is not null;
        ToolCallSlot? before = null;

        foreach (var piece in pieces ?? [])
        {
            var slot = Find(piece, before);
            slot.Add(piece);
            Register(slot);
            _lastSlots.Add(slot);
            before = slot;
        }
    }

    /// <summary>
    /// The call to which one of the pieces belongs that were added last: its place in the list, and what is known of it; null
    /// when it may be no call.
    /// </summary>
    public (int Index, string? Id, string? Name)? CallOf(int piece)
    {
        var slot = _lastSlots[piece];
        if (slot.IsRepetition)
        {
            return null;
        }

        return (slot.Place, slot.Id, slot.Name);
    }

    /// <summary>The calls; null when there was not even an empty list of them.</summary>
    public IReadOnlyList<ChatToolCall>? ToList()
    {
        if (!_hasList)
        {
            return null;
        }

        return _slots.Where(slot => !slot.IsRepetition).Select(slot => slot.ToCall()).ToArray();
    }

    private ToolCallSlot Find(ChatToolCall piece, ToolCallSlot? before)
    {
        var id = NonEmpty(piece.Id);
        var name = NonEmpty(piece.Function?.Name);
        var found = piece.Index is { } index ? FindByIndex(index, id, name) : FindWithoutIndex(id, name);
        if (found is null)
        {
            return Begin(piece.Index, repeats: null);
        }

        var isInOneList = found == before;
        if (found.IsContinuedBy(piece, id, name, isInOneList))
        {
            return found;
        }

        var mayRepeat = !isInOneList && found.IsPerhapsRepeatedBy(piece, id, name);

        return Begin(piece.Index, mayRepeat ? found : null);
    }

    private ToolCallSlot? FindByIndex(long index, string? id, string? name)
    {
        if (id is not null && _byIndexAndId.TryGetValue((index, id), out var same))
        {
            return same;
        }

        if (_byIndex.TryGetValue(index, out var found))
        {
            return found;
        }

        var isContinuation = id is null && name is null;

        return isContinuation ? _lastWithoutIndex : null;
    }

    private ToolCallSlot? FindWithoutIndex(string? id, string? name)
    {
        if (id is null)
        {
            return LastSlot();
        }

        if (_byId.TryGetValue(id, out var same))
        {
            return same;
        }

        // Some gateways give each piece an id of its own.
        return name is null ? LastWithoutId() ?? LastUnfinished() : null;
    }

    private ToolCallSlot? LastSlot()
    {
        if (_slots.Count > 0)
        {
            return _slots[_slots.Count - 1];
        }

        return null;
    }

    private ToolCallSlot? LastUnfinished() => LastSlot() is { IsUnfinished: true } last ? last : null;

    private ToolCallSlot? LastWithoutId()
    {
        while (_withoutId.Count > 0 && _withoutId.Peek().Id is { Length: > 0 })
        {
            _withoutId.Pop();
        }

        return _withoutId.Count > 0 ? _withoutId.Peek() : null;
    }

    private ToolCallSlot Begin(long? index, ToolCallSlot? repeats)
    {
        if (LastSlot() is { IsRepetition: true } last)
        {
            Remove(last);
        }

        var slot = new ToolCallSlot(index, repeats, _slots.Count);
        _slots.Add(slot);
        _withoutId.Push(slot);

        if (index is { } known)
        {
            _byIndex[known] = slot;
        }
        else
        {
            _lastWithoutIndex = slot;
        }

        return slot;
    }

    /// <summary>Removes the last call, which turned out to repeat the one before.</summary>
    private void Remove(ToolCallSlot slot)
    {
        _slots.RemoveAt(_slots.Count - 1);
        _withoutId.Pop();
        if (slot.Index is { } index)
        {
            _byIndex[index] = slot.Repeats!;
        }
        else
        {
            _lastWithoutIndex = slot.Repeats;
        }
    }

    private void Register(ToolCallSlot slot)
    {
        if (slot.Id is not { Length: > 0 } id)
        {
            return;
        }

        _byId[id] = slot;
        if (slot.Index is { } index)
        {
            _byIndexAndId[(index, id)] = slot;
        }
    }

    private static string? NonEmpty(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text;
    }
}
