using System;
using System.Buffers;
using System.Text.Encodings.Web;

namespace CCApi.Sdk.Json;

/// <summary>
/// The relaxed encoder of the platform, which still escapes every character outside the basic plane: here an emoji is written as
/// itself, which is half as many bytes and the token that the model knows. Half a pair stays the platform's affair.
/// </summary>
internal sealed unsafe class CharacterEncoder : JavaScriptEncoder
{
    private static readonly JavaScriptEncoder _relaxed = UnsafeRelaxedJsonEscaping;

    private CharacterEncoder()
    {
    }

    public static CharacterEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => _relaxed.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar <= char.MaxValue && _relaxed.WillEncode(unicodeScalar);

    public override bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        _relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var start = 0;
        while (start < textLength)
        {
            var found = _relaxed.FindFirstCharacterToEncode(text + start, textLength - start);
            if (found < 0)
            {
                return -1;
            }

            start += found;
            if (!IsPair(new ReadOnlySpan<char>(text + start, textLength - start)))
            {
                return start;
            }

            start += 2;
        }

        return -1;
    }

    /// <remarks>The base class decodes every character, also those of names, which are most of what is written.</remarks>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var found = _relaxed.FindFirstCharacterToEncodeUtf8(utf8Text);

        return found < 0 ? -1 : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    /// <summary>Encodes what lies between the pairs, and copies the pairs.</summary>
    public override OperationStatus Encode(
        ReadOnlySpan<char> source,
        Span<char> destination,
        out int charsConsumed,
        out int charsWritten,
        bool isFinalBlock = true)
    {
        charsConsumed = 0;
        charsWritten = 0;

        while (charsConsumed < source.Length)
        {
            var rest = source.Slice(charsConsumed);
            var length = IndexOfPair(rest);
            if (length == 0)
            {
                if (destination.Length - charsWritten < 2)
                {
                    return OperationStatus.DestinationTooSmall;
                }

                rest.Slice(0, 2).CopyTo(destination.Slice(charsWritten));
                charsConsumed += 2;
                charsWritten += 2;
                continue;
            }

            var isLast = length < 0;
            var between = isLast ? rest : rest.Slice(0, length);
            var status = _relaxed.Encode(
                between,
                destination.Slice(charsWritten),
                out var consumed,
                out var written,
                isFinalBlock || !isLast);

            charsConsumed += consumed;
            charsWritten += written;
            if (status != OperationStatus.Done)
            {
                return status;
            }
        }

        return OperationStatus.Done;
    }

    private static bool IsPair(ReadOnlySpan<char> text) =>
        text.Length >= 2 && char.IsSurrogatePair(text[0], text[1]);

    /// <summary>Where the first pair is; -1 when there is none.</summary>
    private static int IndexOfPair(ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length;)
        {
            var found = IndexOfHighSurrogate(text.Slice(start));
            if (found < 0)
            {
                return -1;
            }

            start += found;
            if (IsPair(text.Slice(start)))
            {
                return start;
            }

            start++;
        }

        return -1;
    }

    private static int IndexOfHighSurrogate(ReadOnlySpan<char> text)
    {
#if NETSTANDARD2_0
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
#else
        return text.IndexOfAnyInRange('\uD800', '\uDBFF');
#endif
    }
}
