using System;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Assembles the arguments of a tool call. Most gateways send pieces to concatenate. Some send <c>{}</c> first, send everything
/// from the start with each piece, or repeat all at the end (observed): when the pieces together are not JSON, and each piece
/// taken for the whole so far is, that is what they are.
/// </summary>
internal sealed class ToolArgumentText
{
    private const int LongestPlaceholder = 8;

    // By which an escaped character is longer than the character.
    private const int MostEscapes = 6;

    private Pieces _all = new();

    // The same pieces, where each that starts with the ones before replaces them; null as long as none did.
    private Pieces? _latest;
    private ChatToolArguments? _empty;

    /// <summary>Whether there is anything but empty pieces.</summary>
    public bool HasText => _all.Only is not null || _all.Length > 0;

    /// <summary>Whether a JSON object or list is complete.</summary>
    public bool IsWhole => _all.IsWhole || _latest?.IsWhole == true;

    /// <summary>Whether they are the beginning of an object or a list.</summary>
    public bool IsOpen => !IsWhole && Current.IsJson;

    /// <summary>Whether they are an object without members, which may stand for arguments that follow.</summary>
    public bool IsEmptyObject => IsWhole && Current.Length <= "{ }".Length;

    /// <summary>Whether they stand for arguments that follow, and are none themselves.</summary>
    public bool IsPlaceholder => Current.Length <= LongestPlaceholder && IsPlaceholderText(Current.ToText());

    private Pieces Current => _latest ?? _all;

    public void Add(ChatToolArguments arguments)
    {
        var piece = arguments.ToString();
        if (piece.Length == 0)
        {
            _empty ??= arguments;
            return;
        }

        if (IsRepeatedBy(piece))
        {
            return;
        }

        var isComplete = IsWhole && !IsPlaceholder;
        if (isComplete && IsPlaceholderText(piece))
        {
            return;
        }

        var isReplaceable = HasText && IsPlaceholder;
        if (isReplaceable && IsStart(piece))
        {
            (_all, _latest) = (new Pieces(), null);
        }

        if (Current.IsContinuedBy(piece))
        {
            _latest = new Pieces();
        }

        _latest?.Add(arguments, piece);
        _all.Add(arguments, piece);
    }

    /// <summary>Whether a piece repeats everything, perhaps written differently.</summary>
    public bool IsRepeatedBy(string piece)
    {
        if (!IsWhole || !IsStart(piece))
        {
            return false;
        }

        var text = Current.ToText();
        return text == piece || IsSameJson(text, piece);
    }

    /// <summary>Whether a piece begins other arguments: it neither repeats these, nor repeats and continues them.</summary>
    public bool IsFollowedByOther(string? piece)
    {
        if (string.IsNullOrEmpty(piece) || !IsStart(piece!))
        {
            return false;
        }

        if (IsPlaceholderText(piece!))
        {
            return false;
        }

        return !IsRepeatedBy(piece!) && !Current.IsContinuedBy(piece!);
    }

    /// <summary>
    /// The arguments; null when there was not even an empty piece. What was one piece stays what it is, text or object.
    /// </summary>
    public ChatToolArguments? ToArguments()
    {
        if (!HasText)
        {
            return _empty;
        }

        // When each piece repeated the ones before, all together are not JSON: the last begins inside the others, or behind them.
        return _latest is { IsWhole: true } latest ? latest.ToArguments() : _all.ToArguments();
    }

    /// <summary>Whether a piece begins an object.</summary>
    public static bool IsStart(string piece)
    {
        var start = SkipSpace(piece, 0);
        return start < piece.Length && piece[start] == '{';
    }

    private static bool IsPlaceholderText(string text) =>
        text.Length <= LongestPlaceholder && text.Trim() is "{}" or "{ }" or "{\n}" or "[]" or "null" or "None" or "\"\"";

    /// <summary>Whether two texts are the same JSON, whatever its white space, escapes and order of members.</summary>
    private static bool IsSameJson(string left, string right)
    {
        // A short piece costs no look at all of a long text.
        if (left.Length / MostEscapes > right.Length)
        {
            return false;
        }

        try
        {
            using var first = JsonDocument.Parse(left);
            using var second = JsonDocument.Parse(right);

            return JsonElement.DeepEquals(first.RootElement, second.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character.
            return false;
        }
    }

    private static int SkipSpace(string text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private sealed class Pieces
    {
        private TextPieces _text;
        private JsonEnd _end;

        /// <summary>The only piece; null when there are several.</summary>
        public ChatToolArguments? Only { get; private set; }

        public int Length { get; private set; }

        public bool IsWhole => _end.IsWhole;

        /// <summary>Whether they begin as an object or a list.</summary>
        public bool IsJson => _end.IsJson;

        public void Add(ChatToolArguments arguments, string piece)
        {
            Only = Length == 0 ? arguments : default(ChatToolArguments?);
            Length += piece.Length;
            _text.Add(piece);
            _end.Add(piece);
        }

        /// <summary>Whether a piece starts with everything so far, of which only closing brackets and quotes may be missing.</summary>
        public bool IsContinuedBy(string piece)
        {
            var isJson = IsJson && piece[0] is '{' or '[';
            var mayBeLonger = IsWhole || piece.Length > Length;
            if (!isJson || !mayBeLonger)
            {
                return false;
            }

            var text = ToText();
            var length = IsWhole ? LengthWithoutClosers(text) : text.Length;

            return piece.Length >= length && string.CompareOrdinal(text, 0, piece, 0, length) == 0;
        }

        public string ToText() => _text.ToText()!;

        public ChatToolArguments ToArguments() => Only ?? new ChatToolArguments(ToText());

        private static int LengthWithoutClosers(string text)
        {
            var length = text.Length;
            while (length > 1 && text[length - 1] is '}' or ']' or '"' or ' ' or '\t' or '\r' or '\n')
            {
                length--;
            }

            return length;
        }
    }
}
