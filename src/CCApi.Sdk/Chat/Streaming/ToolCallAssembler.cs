using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Puts the tool calls of a message together, whichever of index and id the gateway gives.</summary>
internal sealed class ToolCallAssembler
{
    private readonly List<Slot> _slots = [];
    private readonly List<Slot> _lastSlots = [];
    private bool _hasList;

    public void Add(IReadOnlyList<ChatToolCall>? pieces)
    {
        _hasList |= pieces is not null;
        _lastSlots.Clear();
        foreach (var piece in pieces ?? [])
        {
            var slot = Find(piece);
            slot.Add(piece);
            _lastSlots.Add(slot);
        }
    }

    /// <summary>The call to which one of the pieces belongs that were added last: its place in the list, and what is known of it.</summary>
    public (int Index, string? Id, string? Name) CallOf(int piece)
    {
        var slot = _lastSlots[piece];
        return (_slots.IndexOf(slot), slot.Id, slot.Name);
    }

    /// <summary>The calls; null when there was not even an empty list of them.</summary>
    public IReadOnlyList<ChatToolCall>? ToList() => _hasList ? _slots.Select(slot => slot.ToCall()).ToArray() : null;

    private Slot Find(ChatToolCall piece)
    {
        var hasId = !string.IsNullOrEmpty(piece.Id);
        var hasName = !string.IsNullOrEmpty(piece.Function?.Name);
        Slot? found;
        if (piece.Index is { } index)
        {
            found = _slots.LastOrDefault(slot => slot.Index == index && hasId && slot.Id == piece.Id) ?? _slots.LastOrDefault(slot => slot.Index == index);
            if (found is null && !hasId && !hasName)
            {
                found = _slots.LastOrDefault(slot => slot.Index is null);
            }
            else if (found is not null && hasId && hasName && found.HasOtherId(piece.Id!))
            {
                // Some gateways use one index for every call; a new id with a name is a new call (observed).
                found = null;
            }
        }
        else if (hasId)
        {
            found = _slots.LastOrDefault(slot => slot.Id == piece.Id) ?? _slots.LastOrDefault(slot => string.IsNullOrEmpty(slot.Id) && !hasName);
        }
        else
        {
            found = _slots.LastOrDefault();
        }

        if (found is null)
        {
            found = new Slot(piece.Index);
            _slots.Add(found);
        }

        return found;
    }

    private sealed class Slot
    {
        private readonly TextPieces _arguments = new();
        private readonly MergedMembers _unknown = new();
        private readonly MergedMembers _unknownOfFunction = new();
        private ChatToolArguments? _onlyArguments;
        private int _argumentPieces;
        private bool _hasFunction;
        private ChatToolType? _type;

        public Slot(long? index) => Index = index;

        public long? Index { get; }

        public string? Id { get; private set; }

        public string? Name { get; private set; }

        public bool HasOtherId(string id) => !string.IsNullOrEmpty(Id) && Id != id;

        public void Add(ChatToolCall piece)
        {
            Id = ChatAssembler.FirstNonEmpty(Id, piece.Id);
            _type = string.IsNullOrEmpty(_type?.Value) ? piece.Type ?? _type : _type;
            _unknown.Add(piece.AdditionalProperties);
            if (piece.Function is not { } function)
            {
                return;
            }

            _hasFunction = true;
            Name = ChatAssembler.FirstNonEmpty(Name, function.Name);
            _unknownOfFunction.Add(function.AdditionalProperties);
            if (function.Arguments is { } arguments)
            {
                AddArguments(arguments);
            }
        }

        public ChatToolCall ToCall() => new()
        {
            Index = Index,
            Id = Id,
            Type = _type,
            AdditionalProperties = _unknown.ToMembers(),
            Function = _hasFunction ? ToFunction() : null,
        };

        /// <summary>Arguments that come whole stay what they are, text or object; pieces are joined to a text.</summary>
        private void AddArguments(ChatToolArguments arguments)
        {
            var text = arguments.ToString();
            _arguments.Add(text);
            if (text.Length > 0)
            {
                _argumentPieces++;
                _onlyArguments = arguments;
            }
            else
            {
                _onlyArguments ??= arguments;
            }
        }

        private ChatToolCallFunction ToFunction() => new()
        {
            Name = Name,
            Arguments = _argumentPieces > 1 ? new ChatToolArguments(_arguments.ToText()!) : _onlyArguments,
            AdditionalProperties = _unknownOfFunction.ToMembers(),
        };
    }
}
