using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>One tool call that arrives in pieces.</summary>
internal sealed class ToolCallSlot
{
    private ToolArgumentText? _arguments;
    private MergedMembers? _unknown;
    private MergedMembers? _unknownOfFunction;
    private bool _hasFunction;
    private ChatToolType? _type;

    /// <param name="index">The index that the gateway gave.</param>
    /// <param name="mayRepeat">The call whose name a piece may only have repeated when it began this one.</param>
    /// <param name="place">The place among the calls.</param>
    public ToolCallSlot(long? index, ToolCallSlot? mayRepeat, int place)
    {
        Index = index;
        Repeats = mayRepeat;
        Place = place;
    }

    public long? Index { get; }

    public ToolCallSlot? Repeats { get; }

    public int Place { get; }

    public string? Id { get; private set; }

    public string? Name { get; private set; }

    /// <summary>Whether its arguments have begun and are not complete.</summary>
    public bool IsUnfinished => _arguments is { HasText: true, IsWhole: false };

    /// <summary>Whether it is not a call, but the name of the one before once more.</summary>
    public bool IsRepetition
    {
        get
        {
            var isNameOnly = string.IsNullOrEmpty(Id) && _arguments?.HasText != true;
            return isNameOnly && Repeats is not null;
        }
    }

    /// <summary>Whether a piece that belongs here by its index or id, or by its position, does not begin another call.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="id">Its id; null when it has none.</param>
    /// <param name="name">Its name; null when it has none.</param>
    /// <param name="isInSameChunk">Whether the piece before it in the same chunk belongs here.</param>
    public bool IsContinuedBy(ChatToolCall piece, string? id, string? name, bool isInSameChunk)
    {
        var isSameId = id is not null && id == Id;
        if (name is null)
        {
            return true;
        }

        if (isSameId)
        {
            return !IsAnotherCall(piece, name);
        }

        // Some gateways use one index for every call; another id with a name is another call (observed), unless it is in the
        // middle of the arguments.
        var hasOtherId = id is not null && !string.IsNullOrEmpty(Id);
        if (hasOtherId)
        {
            return IsContinuedInside(piece, name);
        }

        if (string.IsNullOrEmpty(Name))
        {
            return true;
        }

        if (name != Name)
        {
            return IsNameContinuedBy(piece, id, isInSameChunk);
        }

        // The same name after complete arguments begins another call, unless it repeats or replaces them.
        if (_arguments is not { IsWhole: true } whole)
        {
            return true;
        }

        return !isInSameChunk && IsRepeatedOrReplacedBy(whole, piece, id);
    }

    /// <summary>
    /// Whether a piece with another name has the next part of the name of this call (observed: <c>edit_ex</c>,
    /// <c>isting_file</c>): its arguments have not begun, and a gateway that gave it an id gives one to another call too.
    /// </summary>
    private bool IsNameContinuedBy(ChatToolCall piece, string? id, bool isInSameChunk)
    {
        var hasSameIndex = piece.Index is not null && piece.Index == Index;
        var onlyThisHasId = id is null && !string.IsNullOrEmpty(Id);
        var hasBegun = _arguments?.HasText == true;

        return hasSameIndex && onlyThisHasId && !hasBegun && !isInSameChunk;
    }

    /// <summary>Whether a piece can only be the middle of the arguments, whatever else it has.</summary>
    public bool IsContinuedInside(ChatToolCall piece, string? name)
    {
        var isOfThis = name is null || name == Name;
        var text = piece.Function?.Arguments?.ToString();

        return _arguments?.IsOpen == true && isOfThis && !string.IsNullOrEmpty(text) && !ToolArgumentText.IsStart(text!);
    }

    /// <summary>Whether a call that begins with a name may turn out to be a repetition of the name of this one.</summary>
    public bool MayBeRepeatedBy(string? name) => name is not null && name == Name;

    public void Add(ChatToolCall piece)
    {
        Id = ChatAssembler.FirstNonEmpty(Id, piece.Id);
        if (string.IsNullOrEmpty(_type?.Value))
        {
            _type = piece.Type ?? _type;
        }

        MergedMembers.Add(ref _unknown, piece.AdditionalProperties, MergeMode.Texts);
        if (piece.Function is not { } function)
        {
            return;
        }

        _hasFunction = true;
        AddName(function.Name);
        MergedMembers.Add(ref _unknownOfFunction, function.AdditionalProperties, MergeMode.Texts);

        if (function.Arguments is { } arguments)
        {
            (_arguments ??= new ToolArgumentText()).Add(arguments);
        }
    }

    /// <summary>Adds a name, a part of one, or one that repeats what was received; none of them follows the arguments.</summary>
    private void AddName(string? name)
    {
        if (string.IsNullOrEmpty(Name))
        {
            Name = name ?? Name;
            return;
        }

        var hasBegun = _arguments?.HasText == true;
        if (hasBegun || string.IsNullOrEmpty(name))
        {
            return;
        }

        var isCumulative = name!.StartsWith(Name!, StringComparison.Ordinal);
        Name = isCumulative ? name : Name + name;
    }

    public ChatToolCall ToCall() => new()
    {
        Index = Index,
        Id = Id,
        Type = _type,
        AdditionalProperties = _unknown?.ToMembers(),
        Function = _hasFunction ? ToFunction() : null,
    };

    /// <summary>Whether a piece with a name begins another call, although it has the id of this one (observed: one id for all).</summary>
    private bool IsAnotherCall(ChatToolCall piece, string name)
    {
        var isComplete = _arguments is { IsWhole: true, IsPlaceholder: false };
        if (!isComplete)
        {
            return false;
        }

        var text = piece.Function?.Arguments?.ToString();
        return name != Name || _arguments!.IsFollowedByOther(text);
    }

    /// <summary>Whether a piece with the same name repeats the arguments, or brings the real ones after an empty object.</summary>
    private bool IsRepeatedOrReplacedBy(ToolArgumentText whole, ChatToolCall piece, string? id)
    {
        var text = piece.Function?.Arguments?.ToString();
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var end = default(JsonEnd);
        end.Add(text!);

        var hasSameIndex = piece.Index is not null && piece.Index == Index;
        if (hasSameIndex && whole.IsRepeatedBy(text!))
        {
            return true;
        }

        // A gateway that gives ids gives one to another call.
        var onlyThisHasId = id is null && !string.IsNullOrEmpty(Id);
        var isOfThis = !end.IsWhole || (hasSameIndex && onlyThisHasId);

        return whole.IsEmptyObject && isOfThis;
    }

    private ChatToolCallFunction ToFunction() => new()
    {
        Name = Name,
        Arguments = _arguments?.ToArguments(),
        AdditionalProperties = _unknownOfFunction?.ToMembers(),
    };
}
