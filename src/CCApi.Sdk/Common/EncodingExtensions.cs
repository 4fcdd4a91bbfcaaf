#if NETSTANDARD2_0
using System;
using System.Text;

namespace CCApi.Sdk;

/// <summary>The span overloads that .NET Framework lacks.</summary>
internal static class EncodingExtensions
{
    public static unsafe string GetString(this Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* source = bytes)
        {
            return encoding.GetString(source, bytes.Length);
        }
    }

    public static unsafe int GetBytes(this Encoding encoding, ReadOnlySpan<char> chars, Span<byte> bytes)
    {
        fixed (char* source = chars)
        fixed (byte* target = bytes)
        {
            return encoding.GetBytes(source, chars.Length, target, bytes.Length);
        }
    }

    public static unsafe int GetChars(this Encoding encoding, ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        fixed (byte* source = bytes)
        fixed (char* target = chars)
        {
            return encoding.GetChars(source, bytes.Length, target, chars.Length);
        }
    }
}
#endif
