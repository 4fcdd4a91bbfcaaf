using System;
using System.Net;
using System.Net.Sockets;

namespace CCApi.Sdk;

/// <summary>Decides whether an IP address is on the public internet, by the special-purpose registries of IANA.</summary>
internal static class PublicAddress
{
    private const int IPv4Length = 4;

    private static readonly (byte[] Prefix, int Bits)[] _special =
    [
        ([0], 8), // this network
        ([10], 8), // private
        ([100, 64], 10), // carrier-grade NAT
        ([127], 8), // loopback
        ([169, 254], 16), // link-local, with the metadata services of clouds
        ([172, 16], 12), // private
        ([192, 0, 0], 24), // protocol assignments
        ([192, 0, 2], 24), // documentation
        ([192, 88, 99], 24), // 6to4 relays
        ([192, 168], 16), // private
        ([198, 18], 15), // benchmarks
        ([198, 51, 100], 24), // documentation
        ([203, 0, 113], 24), // documentation
        ([224], 3), // multicast, reserved, broadcast
    ];

    private static readonly (byte[] Prefix, int Bits)[] _special6 =
    [
        ([0x20, 0x01, 0x00], 23), // protocol assignments, with Teredo
        ([0x20, 0x01, 0x0D, 0xB8], 32), // documentation
        ([0x3F, 0xFF, 0x00], 20), // documentation
    ];

    private static readonly byte[] _unicast6 = [0x20];
    private static readonly byte[] _sixToFour = [0x20, 0x02];
    private static readonly byte[] _translated = [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0];

    public static bool Is(IPAddress address)
    {
        var isMapped = address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6;
        var bytes = (isMapped ? address.MapToIPv4() : address).GetAddressBytes();
        if (bytes.Length == IPv4Length)
        {
            return IsPublic4(bytes);
        }

        return IsPublic6(bytes);
    }

    private static bool IsPublic4(ReadOnlySpan<byte> address) => !IsInAny(address, _special);

    private static bool IsPublic6(ReadOnlySpan<byte> address)
    {
        // Addresses that carry an IPv4 address lead to that one.
        if (IsIn(address, _translated, 96))
        {
            return IsPublic4(address.Slice(12));
        }

        if (IsIn(address, _sixToFour, 16))
        {
            return IsPublic4(address.Slice(2, IPv4Length));
        }

        return IsIn(address, _unicast6, 3) && !IsInAny(address, _special6);
    }

    private static bool IsInAny(ReadOnlySpan<byte> address, (byte[] Prefix, int Bits)[] networks)
    {
        foreach (var (prefix, bits) in networks)
        {
            if (IsIn(address, prefix, bits))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(ReadOnlySpan<byte> address, ReadOnlySpan<byte> prefix, int bits)
    {
        var whole = bits / 8;
        if (!address.Slice(0, whole).SequenceEqual(prefix.Slice(0, whole)))
        {
            return false;
        }

        var rest = 8 - (bits % 8);

        return rest == 8 || address[whole] >> rest == prefix[whole] >> rest;
    }
}
