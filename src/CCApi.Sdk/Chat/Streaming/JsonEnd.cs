namespace CCApi.Sdk;

/// <summary>
/// Finds out whether a text that arrives in pieces is a complete JSON object or list. It counts brackets outside of strings, and
/// checks nothing else.
/// </summary>
internal struct JsonEnd
{
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;
    private bool _hasBegun;
    private bool _isBroken;

    /// <summary>Whether the text so far may be the start of a JSON object or list.</summary>
    public readonly bool IsJson => _hasBegun && !_isBroken;

    /// <summary>Whether the object or list is closed, and nothing follows it.</summary>
    public readonly bool IsWhole => IsJson && _depth == 0;

    public void Add(string piece)
    {
        foreach (var character in piece)
        {
            Add(character);
        }
    }

    private void Add(char character)
    {
        if (_isInString)
        {
            AddToString(character);
            return;
        }

        switch (character)
        {
            case '{' or '[' when !_hasBegun || _depth > 0:
                _hasBegun = true;
                _depth++;
                break;
            case '}' or ']' when _depth > 0:
                _depth--;
                break;
            case ' ' or '\t' or '\r' or '\n':
                break;
            default:
                _isBroken |= _depth == 0;
                _isInString = character == '"';
                break;
        }
    }

    private void AddToString(char character)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (character == '\\')
        {
            _isEscaped = true;
        }
        else
        {
            _isInString = character != '"';
        }
    }
}
