using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Assembles the tool calls of a message, whichever of index, id and name the gateway sends with each piece.</summary>
internal sealed class ToolCallAssembler
{
    private readonly List<ToolCallSlot> _slots = [];
    private readonly List<ToolCallSlot> _slotsOfChunk = [];
    private readonly Dictionary<long, ToolCallSlot> _byIndex = [];
    private readonly Dictionary<string, ToolCallSlot> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Index, string Id), ToolCallSlot> _byIndexAndId = [];

    // A call that received its id later is removed when it is on top.
    private readonly Stack<ToolCallSlot> _withoutId = new();
    private ToolCallSlot? _lastWithoutIndex;
    private bool _hasList;

    /// <summary>Begins a chunk, the pieces of which <see cref="CallOf"/> then finds by their index.</summary>
    public void BeginChunk() => _slotsOfChunk.Clear();

    public void Add(IReadOnlyList<ChatToolCall>? pieces)
    {
        _hasList |= pieces is not null;
        ToolCallSlot? previousSlot = null;

        foreach (var piece in pieces ?? [])
        {
            var slot = Find(piece, previousSlot);
            slot.Add(piece);
            Register(slot);
            _slotsOfChunk.Add(slot);
            previousSlot = slot;
        }
    }

    /// <summary>
    /// Returns the call to which a piece of the current chunk belongs: its place in the list, and its id and name when they were
    /// received; null while the piece may only repeat the name of another call.
    /// </summary>
    /// <param name="pieceIndex">The index of the piece in the chunk.</param>
    public (int Index, string? Id, string? Name)? CallOf(int pieceIndex)
    {
        var slot = _slotsOfChunk[pieceIndex];
        if (slot.IsRepetition)
        {
            return null;
        }

        return (slot.Place, slot.Id, slot.Name);
    }

    /// <summary>Returns the calls; null when no chunk contained a list of them, not even an empty one.</summary>
    public IReadOnlyList<ChatToolCall>? ToList()
    {
        if (!_hasList)
        {
            return null;
        }

        return _slots.Where(slot => !slot.IsRepetition).Select(slot => slot.ToCall()).ToArray();
    }

    private ToolCallSlot Find(ChatToolCall piece, ToolCallSlot? previousSlot)
    {
        var id = NonEmpty(piece.Id);
        var name = NonEmpty(piece.Function?.Name);
        var found = piece.Index is { } index ? FindByIndex(piece, index, id, name) : FindWithoutIndex(id, name);
        if (found is null)
        {
            return Begin(piece.Index, mayRepeat: null);
        }

        var isInSameChunk = found == previousSlot;
        if (found.IsContinuedBy(piece, id, name, isInSameChunk))
        {
            return found;
        }

        var mayRepeat = !isInSameChunk && found.MayBeRepeatedBy(name);

        return Begin(piece.Index, mayRepeat ? found : null);
    }

    private ToolCallSlot? FindByIndex(ChatToolCall piece, long index, string? id, string? name)
    {
        if (id is not null && _byIndexAndId.TryGetValue((index, id), out var same))
        {
            return same;
        }

        if (_byIndex.TryGetValue(index, out var found))
        {
            return found;
        }

        // Some gateways count the pieces: a new index with the id of a call whose arguments are not complete continues it.
        if (id is not null)
        {
            return _byId.TryGetValue(id, out var known) && known.IsContinuedInside(piece, name) ? known : null;
        }

        // A call may begin without an index: a piece with a new index, but neither id nor name, continues it.
        return name is null ? _lastWithoutIndex ?? LastUnfinished() : null;
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

        // Some gateways send a new id with each piece: one without a name continues a call.
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

    private ToolCallSlot Begin(long? index, ToolCallSlot? mayRepeat)
    {
        if (LastSlot() is { IsRepetition: true })
        {
            RemoveLast();
        }

        var slot = new ToolCallSlot(index, mayRepeat, _slots.Count);
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

    /// <summary>Removes the last call, which turned out to repeat the name of the one before.</summary>
    private void RemoveLast()
    {
        var slot = _slots[_slots.Count - 1];
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
