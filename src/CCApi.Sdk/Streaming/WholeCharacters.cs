namespace CCApi.Sdk;

/// <summary>Holds back the first half of a character that a text was cut in, until the second comes.</summary>
internal struct WholeCharacters
{
    private string? _held;

    /// <summary>Adds a piece; returns what is whole, or null when nothing is.</summary>
    public string? Add(string piece)
    {
        var text = _held is null ? piece : _held + piece;
        _held = null;

        if (text.Length > 0 && char.IsHighSurrogate(text[text.Length - 1]))
        {
            _held = text.Substring(text.Length - 1);
            text = text.Substring(0, text.Length - 1);
        }

        return text.Length > 0 ? text : null;
    }

    /// <summary>What was held back, as nothing comes any more.</summary>
    public string? End()
    {
        var rest = _held;
        _held = null;

        return rest;
    }
}
