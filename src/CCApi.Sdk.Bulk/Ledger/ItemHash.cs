using System;
using System.Security.Cryptography;
using System.Text;

namespace CCApi.Sdk.Bulk;

/// <summary>128 bits of SHA-256: equal for equal ids or requests, and never the same by accident.</summary>
internal static class ItemHash
{
    public static UInt128 Of(string id) => Read(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>The request of an item with its operation.</summary>
    public static byte[] OfRequest(ItemWork work)
    {
        var json = work.RequestJson();
        var all = new byte[json.Length + 1];
        all[0] = (byte)work.Kind;
        json.CopyTo(all, 1);
        return SHA256.HashData(all)[..16];
    }

    private static UInt128 Read(ReadOnlySpan<byte> hash) =>
        new(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
}
