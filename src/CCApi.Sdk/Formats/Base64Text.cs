using System;
using System.Buffers;
using System.Buffers.Text;

namespace CCApi.Sdk.Json;

/// <summary>Decodes base64 in every spelling that gateways send.</summary>
internal static class Base64Text
{
    private static ReadOnlySpan<byte> DataScheme => "data:"u8;

    private static ReadOnlySpan<byte> Base64Marker => ";base64,"u8;

    private static ReadOnlySpan<byte> Alphabet =>
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    /// <summary>The length of a leading <c>data:...;base64,</c>, or 0.</summary>
    public static int DataPrefixLength(ReadOnlySpan<byte> text)
    {
        if (!AsciiText.StartsWithIgnoreCase(text, DataScheme))
        {
            return 0;
        }

        var length = text.IndexOf((byte)',') + 1;
        if (length < Base64Marker.Length)
        {
            return 0;
        }

        var marker = text.Slice(length - Base64Marker.Length, Base64Marker.Length);

        return AsciiText.EqualsIgnoreCase(marker, Base64Marker) ? length : 0;
    }

    /// <summary>The media type in a <c>data:</c> prefix, without its parameters.</summary>
    public static string? MediaType(string? dataPrefix)
    {
        if (dataPrefix is null)
        {
            return null;
        }

        var type = dataPrefix.Substring(DataScheme.Length).Split(';')[0].Trim();

        return type.Length == 0 ? null : type;
    }

    /// <summary>The exception of text that is not base64. It quotes nothing of the text, which may contain a key.</summary>
    public static CCApiProtocolException Invalid(string text) => new(FormattableString.Invariant(
        $"The gateway sent text that is not base64 ({text.Length} characters): check IsValid, and the model and its parameters."));

    /// <summary>Decodes into an array of the exact size, or null when it is not base64.</summary>
    /// <param name="text">The text, without a <c>data:</c> prefix.</param>
    /// <param name="isCanonical">Whether encoding the bytes again gives the same text.</param>
    public static byte[]? Decode(ReadOnlySpan<byte> text, out bool isCanonical)
    {
        if (IsPadded(text, out var size) && DecodeExactly(text, size) is { } bytes)
        {
            isCanonical = EndsCanonically(text, bytes);
            return bytes;
        }

        isCanonical = false;

        return DecodeNormalized(text);
    }

    /// <summary>Decodes a text that has as many bytes as its length says; null when it is not base64.</summary>
    private static byte[]? DecodeExactly(ReadOnlySpan<byte> text, int size)
    {
        var bytes = new byte[size];
        var status = Base64.DecodeFromUtf8(text, bytes, out _, out var written);
        var isDecoded = status == OperationStatus.Done && written == size;

        return isDecoded ? bytes : null;
    }

    /// <summary>Whether the length and padding are those of plain base64, and how many bytes that makes.</summary>
    private static bool IsPadded(ReadOnlySpan<byte> text, out int size)
    {
        size = text.Length / 4 * 3;
        if (text.Length % 4 != 0)
        {
            return false;
        }

        if (text.EndsWith("=="u8))
        {
            size -= 2;
        }
        else if (text.EndsWith("="u8))
        {
            size--;
        }

        return true;
    }

    /// <summary>Whether the last group carries no stray bits, the only other thing in which valid texts of the same bytes differ.</summary>
    private static bool EndsCanonically(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return text.IsEmpty;
        }

        Span<byte> group = stackalloc byte[4];
        var tail = bytes.Slice((bytes.Length - 1) / 3 * 3);
        Base64.EncodeToUtf8(tail, group, out _, out _);

        return text.EndsWith(group);
    }

    private static byte[]? DecodeNormalized(ReadOnlySpan<byte> text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(text.Length + 3);
        try
        {
            var length = 0;
            foreach (var character in text)
            {
                switch (character)
                {
                    case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                        break;
                    case (byte)'-':
                        rented[length++] = (byte)'+';
                        break;
                    case (byte)'_':
                        rented[length++] = (byte)'/';
                        break;
                    default:
                        rented[length++] = character;
                        break;
                }
            }

            while (length % 4 != 0)
            {
                rented[length++] = (byte)'=';
            }

            var normalized = rented.AsSpan(0, length);
            IsPadded(normalized, out var size);
            ClearStrayBits(normalized);

            return DecodeExactly(normalized, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Some encoders leave bits set after the last byte. Some runtimes reject them, others ignore them.</summary>
    private static void ClearStrayBits(Span<byte> text)
    {
        if (!text.EndsWith("="u8))
        {
            return;
        }

        var padding = text.EndsWith("=="u8) ? 2 : 1;

        ref var last = ref text[text.Length - padding - 1];
        var bits = Alphabet.IndexOf(last);
        if (bits >= 0)
        {
            last = Alphabet[bits >> (2 * padding) << (2 * padding)];
        }
    }
}
