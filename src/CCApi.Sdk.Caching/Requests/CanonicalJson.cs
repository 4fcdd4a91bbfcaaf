using System;
using System.Buffers.Binary;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Caching;

/// <summary>
/// Hashes JSON so that the order of the members of an object does not count. Values count as they are written: <c>1</c> and
/// <c>1.0</c> differ, which costs a call and never gives a wrong result.
/// </summary>
internal static class CanonicalJson
{
    public static void AppendTo(IncrementalHash hash, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonRead.MaxDepth });
        Append(hash, document.RootElement);
    }

    /// <summary>Hashes how much follows, or of what kind it is.</summary>
    public static void AppendLength(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, JsonElement element)
    {
        AppendLength(hash, (int)element.ValueKind);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AppendMembers(hash, element);
                break;
            case JsonValueKind.Array:
                AppendLength(hash, element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    Append(hash, item);
                }

                break;
            default:
                Append(hash, JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private static void AppendMembers(IncrementalHash hash, JsonElement element)
    {
        var members = element.EnumerateObject().ToArray();
        Array.Sort(
            members,
            static (left, right) => JsonMarshal.GetRawUtf8PropertyName(left).SequenceCompareTo(JsonMarshal.GetRawUtf8PropertyName(right)));
        AppendLength(hash, members.Length);
        foreach (var member in members)
        {
            Append(hash, JsonMarshal.GetRawUtf8PropertyName(member));
            Append(hash, member.Value);
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        AppendLength(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
