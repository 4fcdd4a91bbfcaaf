using System.Text;

namespace CCApi.Sdk;

/// <summary>A text that arrives in pieces; null until the first one, which is kept as it is when it stays the only one.</summary>
internal struct TextPieces
{
    private string? _first;
    private StringBuilder? _all;

    public void Add(string? piece)
    {
        if (piece is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(_first))
        {
            _first = piece;
        }
        else if (piece.Length > 0)
        {
            (_all ??= new StringBuilder(_first)).Append(piece);
        }
    }

    public readonly string? ToText() => _all?.ToString() ?? _first;
}
